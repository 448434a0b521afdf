using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Proxies;
using Stagedoor.Actors.Storage;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Replicas;

/// <summary>What a replica has to do after a message.</summary>
/// <param name="Publish">A complete, newer snapshot.</param>
/// <param name="Resync">Whether to tell the owner what is held, because something does not fit together.</param>
internal readonly record struct ReplicaStep(Snapshot? Publish, bool Resync);

/// <summary>
/// Follows one proxy: whole snapshots or nothing (rule I2), each newer than the one before (rule I1), every content
/// checked by its hash. Pure; messages may be lost, repeated or late.
/// </summary>
/// <param name="proxy">Snapshot key.</param>
/// <param name="store">The node's contents: what is here is not fetched.</param>
/// <param name="held">What an earlier incarnation of the replica published.</param>
internal sealed class ReplicaState(string proxy, BodyStore store, Snapshot? held)
{
    private const int WantedBytes = BodyAnswers.AnswerBytes;
    private const int MostWants = 400;
    private const int SmallestBase = 4096;

    private readonly PageCollector _pages = new();
    private readonly BodyAssembly _assembly = new();
    private readonly HashSet<ResourceName> _withoutBase = [];
    private PendingManifest? _pending;

    /// <summary>The newest complete snapshot.</summary>
    public Snapshot? Held { get; private set; } = held;

    /// <summary>The newest generation known of.</summary>
    public Generation Newest => _pending?.Generation ?? Held?.Generation ?? Generation.None;

    /// <summary>A page of a manifest.</summary>
    public ReplicaStep OnPage(ManifestPage page)
    {
        if (_pages.Add(page) is not { } change || change.Generation <= Newest) return default;
        if (change.Base == Generation.None) Begin(new PendingManifest(change.Generation, whole: true), change);
        else if (_pending is not null && change.Base == _pending.Generation) _pending.Merge(change, Find);
        else if (Held is not null && change.Base == Held.Generation)
            Begin(new PendingManifest(change.Generation, whole: false), change);
        else return new ReplicaStep(null, Resync: true);
        return Complete();
    }

    /// <summary>Bodies that were asked for.</summary>
    public ReplicaStep OnBodies(BodyRanges answer)
    {
        if (_pending is null) return default;
        var resync = false;
        foreach (var range in answer.Ranges)
        {
            var name = range.Id.ToCore();
            if (!_pending.Missing.TryGetValue(name, out var entry) || entry.Hash != range.Hash.ToHash()) continue;
            if (range.Total == 0)
            {
                // The owner has moved on; so will the manifest.
                resync = true;
                continue;
            }

            if (_assembly.Add(range) is not { } encoded) continue;
            if (BodyAssembly.Decode(encoded, Base(entry)) is { } resource && resource.Hash == entry.Hash) Got(resource);
            else if (!_withoutBase.Add(name)) resync = true;
        }

        var step = Complete();
        return step.Publish is null ? new ReplicaStep(null, resync) : step;
    }

    /// <summary>The owner's newest generation, as it answers a subscription.</summary>
    /// <returns>Whether something newer exists that is not on its way.</returns>
    public bool IsBehind(Generation newest) => newest > Newest;

    /// <summary>What to ask the owner for next; null if nothing is missing.</summary>
    public FetchBodies? Wanted()
    {
        if (_pending is null || _pending.Missing.Count == 0) return null;
        var request = new FetchBodies { Proxy = proxy };
        if (_pending.Missing.TryGetValue(_assembly.Of.Name, out var begun) && begun.Hash == _assembly.Of.Hash)
        {
            request.Wants.Add(Want(begun, _assembly.Received));
            return request;
        }

        _assembly.Clear();
        var room = WantedBytes;
        foreach (var entry in _pending.Missing.Values)
        {
            if (room <= 0 || request.Wants.Count >= MostWants) break;
            room -= entry.Size;
            request.Wants.Add(Want(entry, 0));
        }

        return request;
    }

    /// <summary>Forgets what is only half known: the owner starts again.</summary>
    public void Abandon()
    {
        _pending = null;
        _assembly.Clear();
        _withoutBase.Clear();
    }

    private void Begin(PendingManifest pending, ManifestChange change)
    {
        Abandon();
        _pending = pending;
        pending.Merge(change, Find);
    }

    private ReplicaStep Complete()
    {
        if (_pending is not { Missing.Count: 0 } complete) return default;
        Held = complete.Build(proxy, Held);
        Abandon();
        return new ReplicaStep(Held, Resync: false);
    }

    private void Got(EncodedResource resource)
    {
        store.Add(resource);
        _pending!.Got(resource);
    }

    private EncodedResource? Find(ManifestEntry entry)
    {
        var name = new ResourceName(entry.Type, entry.Name);
        return HeldBody(name) is { } same && same.Hash == entry.Hash ? same : store.Find(name, entry.Hash);
    }

    private EncodedResource? Base(ManifestEntry entry)
    {
        var name = new ResourceName(entry.Type, entry.Name);
        return entry.Size < SmallestBase || _withoutBase.Contains(name) ? null : HeldBody(name);
    }

    private EncodedResource? HeldBody(ResourceName name) =>
        Held?.OfType(name.Type).GetValueOrDefault(name.Name)?.Resource;

    private BodyWant Want(ManifestEntry entry, int offset)
    {
        var want = new BodyWant
        {
            Id = new ResourceName(entry.Type, entry.Name).ToWire(),
            Hash = entry.Hash.ToWire(),
            Offset = offset,
        };
        if (Base(entry) is { } before) want.BaseHash = before.Hash.ToWire();
        return want;
    }
}
