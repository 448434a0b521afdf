using System.Collections.Concurrent;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Storage;

/// <summary>
/// The contents that are alive on this node, by hash: what an owner has committed, a replica of the same node takes
/// from here, and equal contents are one object. Holds nothing alive itself: snapshots do. Thread-safe.
/// </summary>
internal sealed class BodyStore
{
    private const int FirstSweep = 4096;

    private readonly ConcurrentDictionary<(XdsType Type, string Name, ResourceHash Hash),
        WeakReference<EncodedResource>>
        _bodies = new();

    private int _added;
    private int _sweepAt = FirstSweep;

    /// <summary>The content, if it is alive on this node.</summary>
    public EncodedResource? Find(ResourceName name, ResourceHash hash) =>
        _bodies.TryGetValue((name.Type, name.Name, hash), out var body) && body.TryGetTarget(out var resource)
            ? resource
            : null;

    /// <summary>Makes a content known.</summary>
    public void Add(EncodedResource resource)
    {
        var key = (resource.Type, resource.Name, resource.Hash);
        if (_bodies.TryGetValue(key, out var known))
        {
            if (!known.TryGetTarget(out _)) known.SetTarget(resource);
            return;
        }

        _bodies[key] = new WeakReference<EncodedResource>(resource);
        if (Interlocked.Increment(ref _added) >= Volatile.Read(ref _sweepAt)) Sweep();
    }

    /// <summary>Entries, dead ones included until the next sweep.</summary>
    public int Count => _bodies.Count;

    private void Sweep()
    {
        Interlocked.Exchange(ref _added, 0);
        foreach (var (key, body) in _bodies)
        {
            if (!body.TryGetTarget(out _)) _bodies.TryRemove(new(key, body));
        }

        // Costs are proportional to what was added since the last sweep.
        Volatile.Write(ref _sweepAt, Math.Max(FirstSweep, _bodies.Count));
    }
}
