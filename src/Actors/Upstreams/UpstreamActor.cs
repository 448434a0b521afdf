using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Stagedoor.Actors.Board;
using Stagedoor.Actors.Protocol;
using Stagedoor.Api;
using Stagedoor.Translation;

namespace Stagedoor.Actors.Upstreams;

/// <summary>
/// Owns one Upstream: knows its translation and who uses it, and tells the users when it has changed. What follows from
/// the catalog alone, they compute by the same function; so nobody waits for this actor.
/// </summary>
internal sealed class UpstreamActor : ReceiveActor
{
    /// <summary>More proxies than a server has.</summary>
    private const int MostUsers = 10_000;

    private readonly ResourceKey _upstream;
    private readonly StagedoorActorsOptions _options;
    private readonly ControlPlaneBoard _board;
    private readonly Func<IActorRef> _proxies;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private ImmutableSortedSet<string> _users = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    private UpstreamTranslation? _translation;

    public UpstreamActor(string id, StagedoorActorsOptions options, ControlPlaneBoard board, Func<IActorRef> proxies)
    {
        _upstream = Entities.UpstreamKey(id);
        (_options, _board, _proxies) = (options, board, proxies);

        Receive<UpstreamHint>(_ => Look());
        Receive<UpstreamUse>(OnUse);
        Receive<ReceiveTimeout>(_ => EndIfUnknown());
        Receive<StopEntity>(_ => Context.Stop(Self));
        SetReceiveTimeout(options.Timings.IdleProxy);
    }

    protected override void PostStop() => _board.Remove(_upstream);

    private void Look()
    {
        var view = _options.Catalog.Current;
        if (!view.IsSynced || view.Version == _translation?.ViewVersion) return;
        if (view.Find(_upstream) is null)
        {
            _translation = null;
            _board.Remove(_upstream);
            return;
        }

        try
        {
            var before = _translation;
            _translation = _options.Translation.TranslateUpstream(view, _upstream);
            Show();
            if (before is null || !SameState(before, _translation)) Push();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // One broken Upstream costs itself only (rule I4); the state before stays.
            _log.Error(error, "Translation of {Upstream} failed", _upstream);
            _board.Trouble(ActorCodes.TranslationFailed, _upstream.ToString(), error.Message);
        }
    }

    private void OnUse(UpstreamUse use)
    {
        var users = use.Used && _users.Count < MostUsers ? _users.Add(use.Proxy) : _users.Remove(use.Proxy);
        Look();
        if (ReferenceEquals(users, _users)) return;
        _users = users;
        if (_translation is not null) Show();
    }

    private void EndIfUnknown()
    {
        if (_translation is null && _users.IsEmpty) Context.Parent.Tell(new Passivate(new StopEntity()));
    }

    private void Push()
    {
        foreach (var proxy in _users)
        {
            _proxies().Tell(new UpstreamState
            {
                Proxy = proxy,
                Namespace = _upstream.Namespace,
                Name = _upstream.Name,
                ViewVersion = _translation!.ViewVersion,
                ClusterHash = (_translation.Cluster?.Hash ?? default).ToWire(),
                AssignmentHash = (_translation.Assignment?.Hash ?? default).ToWire(),
                Worst = (int)Worst(_translation),
            });
        }
    }

    private void Show()
    {
        _board.ClearTrouble(ActorCodes.TranslationFailed, _upstream.ToString());
        _board.Show(new UpstreamInfo(_upstream)
        {
            HasCluster = _translation!.Cluster is not null,
            Cluster = _translation.Cluster?.Name ?? "",
            HasAssignment = _translation.Assignment is not null,
            ViewVersion = _translation.ViewVersion,
            Diagnostics = _translation.Diagnostics,
            UsedBy = _users,
        });
    }

    private static bool SameState(UpstreamTranslation left, UpstreamTranslation right) =>
        left.Cluster?.Hash == right.Cluster?.Hash
        && left.Assignment?.Hash == right.Assignment?.Hash
        && Worst(left) == Worst(right);

    private static Severity Worst(UpstreamTranslation translation) =>
        translation.Diagnostics.IsEmpty ? Severity.Info : translation.Diagnostics.Max(d => d.Severity);
}
