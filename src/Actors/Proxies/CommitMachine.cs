using System.Collections.Immutable;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>What the owner of a proxy has to do next.</summary>
internal abstract record CommitEffect;

/// <summary>Offer a generation to the replicas.</summary>
/// <param name="Before">What was offered before.</param>
/// <param name="Now">What is offered from now on.</param>
/// <param name="Changes">The difference.</param>
internal sealed record Offer(ProxyState Before, ProxyState Now, ResourceChanges Changes) : CommitEffect;

/// <summary>Write a state to the journal and say when that is done.</summary>
internal sealed record Write(ProxyState Target) : CommitEffect;

/// <summary>The same, but at leisure: only endpoints differ.</summary>
internal sealed record WriteLater : CommitEffect;

/// <summary>Wait for the journal with the usual patience, then call <see cref="CommitMachine.Overdue"/>.</summary>
internal sealed record AwaitJournal(Generation Target) : CommitEffect;

/// <summary>
/// Decides what a proxy offers and when (rules I1, I2, I7): the recovered state first and as it was; then, with a term
/// of its own, what translation says. A change of anything but endpoints is offered when the journal has it, or when
/// patience with the journal is over. Pure: no clock, no input or output.
/// </summary>
/// <param name="proxy">Snapshot key.</param>
internal sealed class CommitMachine(string proxy)
{
    private readonly Dictionary<string, EncodedResource> _urgent = new(StringComparer.Ordinal);
    private ImmutableArray<EncodedResource> _waiting;
    private ProxyState? _inFlight;
    private ProxyState? _unserved;
    private Generation _structure;
    private Generation _journalled;
    private bool _recovered;
    private bool _committedInTerm;
    private long _term;
    private long _seq;

    /// <summary>What is offered.</summary>
    public ProxyState Published { get; private set; } = ProxyState.Empty(proxy);

    /// <summary>Whether anything is offered.</summary>
    public bool IsServing => Published.Generation != Generation.None;

    /// <summary>Whether everything offered but endpoints is in the journal.</summary>
    public bool IsDurable => _journalled >= _structure;

    /// <summary>Whether what is offered is still what the journal gave.</summary>
    public bool IsFromJournal => IsServing && !_committedInTerm;

    /// <summary>This incarnation's term; 0 before recovery.</summary>
    public long Term => _term;

    /// <summary>The journal was read: at the start, and again whenever it had failed.</summary>
    /// <param name="state">What it holds.</param>
    /// <param name="canServe">
    /// False if parts of it could not be read, so that serving it would remove them from clients.
    /// </param>
    /// <param name="now">When the recovery ended.</param>
    public IReadOnlyList<CommitEffect> Recovered(ProxyState state, bool canServe, DateTimeOffset now)
    {
        _journalled = Max(_journalled, state.Generation);
        if (_recovered)
        {
            if ((_inFlight ?? Published) is { } newest && newest.Generation > _journalled && _committedInTerm)
                return [new Write(newest)];
            return [];
        }

        _recovered = true;
        _term = state.Generation.Term + 1;
        var effects = new List<CommitEffect>();
        if (canServe && state.Generation != Generation.None)
        {
            effects.Add(new Offer(Published, state, ResourceDiff.Between(Published.List, state.List)));
            Published = state;
            _structure = state.Generation;
        }
        else if (state.Generation != Generation.None)
        {
            // The remembered names stay with the next commit.
            _unserved = state;
        }

        if (!_waiting.IsDefault) effects.AddRange(PlanWaiting(now));
        return effects;
    }

    /// <summary>
    /// A translation of inputs that passed the fence: everything that the proxy is to serve, ordered.
    /// </summary>
    public IReadOnlyList<CommitEffect> Translated(ImmutableArray<EncodedResource> list, DateTimeOffset now)
    {
        _waiting = list;
        if (!_recovered) return [];
        return _inFlight is null ? PlanWaiting(now) : OfferEndpoints(list, now);
    }

    /// <summary>The journal holds this generation and all before.</summary>
    public IReadOnlyList<CommitEffect> Journalled(Generation upTo, DateTimeOffset now)
    {
        _journalled = Max(_journalled, upTo);
        return _inFlight is not null && _inFlight.Generation <= _journalled ? Land(now) : [];
    }

    /// <summary>The journal has not answered for too long.</summary>
    public IReadOnlyList<CommitEffect> Overdue(Generation target, DateTimeOffset now) =>
        _inFlight is not null && _inFlight.Generation == target ? Land(now) : [];

    private List<CommitEffect> PlanWaiting(DateTimeOffset now)
    {
        var list = _waiting;
        _waiting = default;
        var before = Published;
        var changes = ResourceDiff.Between(before.List, list);
        // The first commit of a term tells every replica, and every client that had seen later endpoints, that this
        // owner is in charge; but what never existed needs no tombstone.
        if (changes.IsEmpty && (_committedInTerm || (!IsServing && _unserved is null))) return [];
        var first = !_committedInTerm;
        var generation = NextGeneration();
        var from = _unserved is null ? before : before.Remembering(_unserved, list, now);
        var target = from.Next(changes, list, generation, now);
        _unserved = null;
        _committedInTerm = true;
        if (!first && changes.EndpointsOnly)
        {
            Published = target;
            return [new Offer(before, target, changes), new WriteLater()];
        }

        if (!IsDurable)
        {
            // The journal is known to be out: no change waits for it twice.
            _structure = generation;
            Published = target;
            return [new Offer(before, target, changes), new Write(target)];
        }

        _inFlight = target;
        return [new Write(target), new AwaitJournal(generation)];
    }

    private List<CommitEffect> OfferEndpoints(ImmutableArray<EncodedResource> list, DateTimeOffset now)
    {
        var before = Published;
        var changed = ResourceDiff.Between(before.List, list).Upserts
            .Where(resource =>
                resource.Type == XdsType.ClusterLoadAssignment && before.Find(ResourceName.Of(resource)) is not null)
            .ToImmutableArray();
        if (changed.IsEmpty || !IsServing) return [];
        foreach (var resource in changed) _urgent[resource.Name] = resource;
        var changes = new ResourceChanges(changed, []);
        Published = before.Next(changes, Replaced(before.List), NextGeneration(), now);
        return [new Offer(before, Published, changes)];
    }

    private List<CommitEffect> Land(DateTimeOffset now)
    {
        var before = Published;
        var target = _inFlight!;
        _inFlight = null;
        _structure = target.Generation;
        var effects = new List<CommitEffect>();
        // Endpoints that went out meanwhile are newer than the target's.
        var list = Replaced(target.List);
        var later = ResourceDiff.Between(target.List, list);
        if (!later.IsEmpty || target.Generation <= before.Generation)
        {
            target = target.Next(later, list, NextGeneration(), now);
            effects.Add(new WriteLater());
        }

        _urgent.Clear();
        Published = target;
        effects.Insert(0, new Offer(before, target, ResourceDiff.Between(before.List, target.List)));
        if (!_waiting.IsDefault) effects.AddRange(PlanWaiting(now));
        return effects;
    }

    private ImmutableArray<EncodedResource> Replaced(ImmutableArray<EncodedResource> list)
    {
        if (_urgent.Count == 0) return list;
        var builder = list.ToBuilder();
        for (var i = 0; i < builder.Count; i++)
        {
            if (builder[i].Type == XdsType.ClusterLoadAssignment && _urgent.TryGetValue(builder[i].Name, out var newer))
                builder[i] = newer;
        }

        return builder.MoveToImmutable();
    }

    private Generation NextGeneration() => new(_term, ++_seq);

    private static Generation Max(Generation left, Generation right) => left < right ? right : left;
}
