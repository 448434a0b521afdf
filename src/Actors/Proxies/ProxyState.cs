using System.Collections.Immutable;
using Stagedoor.Actors.Protocol;
using Stagedoor.Actors.Storage;
using Stagedoor.Actors.Wire;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>
/// What a proxy's owner has committed: pure state, one step per commit. The same steps, read back from the journal, give the same
/// state.
/// </summary>
internal sealed record ProxyState(Snapshot Snapshot)
{
    /// <summary>How long a name that is served no more is remembered, for clients that may still hold it (design 4).</summary>
    public static readonly TimeSpan GoneFor = TimeSpan.FromHours(24);

    /// <summary>How many such names at most; the oldest are forgotten first.</summary>
    public const int MostGone = 10_000;

    /// <summary>When each name went, Unix milliseconds.</summary>
    public ImmutableDictionary<(XdsType Type, string Name), long> GoneAt { get; init; } =
        ImmutableDictionary<(XdsType Type, string Name), long>.Empty;

    /// <summary>Nothing committed.</summary>
    public static ProxyState Empty(string proxy) => new(new Snapshot(proxy, Generation.None));

    /// <summary>
    /// The next state if <paramref name="resources"/> are all that is to be served; null if that is what is served already.
    /// </summary>
    /// <param name="resources">Every resource of the proxy.</param>
    /// <param name="generation">The generation of the commit.</param>
    /// <param name="now">Unix milliseconds, for the names that go.</param>
    public ProxyState? Next(IEnumerable<EncodedResource> resources, Generation generation, long now)
    {
        var builders = new Dictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>.Builder>();
        var kept = Snapshot.Resources.ToDictionary(type => type.Key, type => new HashSet<string>(type.Value.Keys));
        foreach (var resource in resources)
        {
            if (kept.TryGetValue(resource.Type, out var names)) names.Remove(resource.Name);
            if (Snapshot.OfType(resource.Type).TryGetValue(resource.Name, out var present)
                && present.Resource.Hash == resource.Hash)
                continue;
            Builder(builders, resource.Type)[resource.Name] = new SnapshotResource(resource, generation);
        }

        var removed = kept.SelectMany(type => type.Value.Select(name => (Type: type.Key, Name: name))).ToArray();
        foreach (var (type, name) in removed) Builder(builders, type).Remove(name);
        return builders.Count == 0 ? null : With(builders, generation, removed, now);
    }

    /// <summary>The journal event between two states; null if they differ in endpoints only, which are not journalled.</summary>
    public static Committed? EventBetween(ProxyState before, ProxyState after, long now, BodyCodec codec)
    {
        var committed = new Committed { Generation = after.Snapshot.Generation.ToWire(), At = now };
        foreach (var type in XdsTypes.WireOrder)
        {
            if (type == XdsType.ClusterLoadAssignment) continue;
            var (old, present) = (before.Snapshot.OfType(type), after.Snapshot.OfType(type));
            if (ReferenceEquals(old, present)) continue;
            foreach (var (name, resource) in present)
            {
                var had = old.GetValueOrDefault(name);
                if (had?.Resource.Hash != resource.Resource.Hash) committed.Upserts.Add(codec.Encode(resource, had?.Resource));
            }

            foreach (var name in old.Keys.Where(name => !present.ContainsKey(name)))
                committed.Removed.Add((type, name).ToWire());
        }

        return committed.Upserts.Count + committed.Removed.Count == 0 ? null : committed;
    }

    /// <summary>The state after an event of the journal. A body that cannot be read is left out: it is waited for.</summary>
    public ProxyState Apply(Committed committed, BodyCodec codec)
    {
        var builders = new Dictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>.Builder>();
        foreach (var body in committed.Upserts)
        {
            var (type, name) = body.Entry.Id.ToCore();
            if (codec.Decode(body, Snapshot.OfType(type).GetValueOrDefault(name)?.Resource) is { } resource)
                Builder(builders, type)[name] = resource;
        }

        var removed = committed.Removed.Select(id => id.ToCore()).ToArray();
        foreach (var (type, name) in removed) Builder(builders, type).Remove(name);
        return With(builders, committed.Generation.ToCore(), removed, committed.At);
    }

    /// <summary>The whole state, endpoints included, for the journal's snapshots.</summary>
    public Checkpoint ToCheckpoint(BodyCodec codec)
    {
        var checkpoint = new Checkpoint { Proxy = Snapshot.Proxy, Generation = Snapshot.Generation.ToWire() };
        foreach (var resource in Snapshot.Resources.Values.SelectMany(type => type.Values))
            checkpoint.Bodies.Add(codec.Encode(resource, null));
        foreach (var (id, at) in GoneAt) checkpoint.Gone.Add(new GoneName { Id = id.ToWire(), At = at });
        return checkpoint;
    }

    /// <summary>The state that <see cref="ToCheckpoint"/> wrote.</summary>
    public static ProxyState From(Checkpoint checkpoint, BodyCodec codec)
    {
        var state = Empty(checkpoint.Proxy);
        var builders = new Dictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>.Builder>();
        foreach (var body in checkpoint.Bodies)
        {
            if (codec.Decode(body, null) is { } resource)
                state.Builder(builders, resource.Resource.Type)[resource.Resource.Name] = resource;
        }

        state = state with { GoneAt = checkpoint.Gone.ToImmutableDictionary(gone => gone.Id.ToCore(), gone => gone.At) };
        return state.With(builders, checkpoint.Generation.ToCore(), [], 0);
    }

    private ProxyState With(
        Dictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>.Builder> builders,
        Generation generation,
        IEnumerable<(XdsType Type, string Name)> removed,
        long now)
    {
        var resources = Snapshot.Resources;
        foreach (var (type, builder) in builders) resources = resources.SetItem(type, builder.ToImmutable());
        var gone = GoneAt.Where(name => now - name.Value < GoneFor.TotalMilliseconds)
            .Concat(removed.Select(id => KeyValuePair.Create(id, now)))
            .Where(name => !resources.GetValueOrDefault(name.Key.Type, Nothing).ContainsKey(name.Key.Name))
            .DistinctBy(name => name.Key)
            .OrderByDescending(name => name.Value)
            .Take(MostGone)
            .ToImmutableDictionary();
        var names = gone.Keys.GroupBy(id => id.Type).ToImmutableDictionary(
            type => type.Key, type => type.Select(id => id.Name).ToImmutableSortedSet(StringComparer.Ordinal));
        return new ProxyState(Snapshot with { Generation = generation, Resources = resources, Gone = names }) { GoneAt = gone };
    }

    private static readonly ImmutableSortedDictionary<string, SnapshotResource> Nothing =
        ImmutableSortedDictionary<string, SnapshotResource>.Empty.WithComparers(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, SnapshotResource>.Builder Builder(
        Dictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>.Builder> builders, XdsType type)
    {
        if (builders.TryGetValue(type, out var builder)) return builder;
        builder = Snapshot.Resources.GetValueOrDefault(type, Nothing).ToBuilder();
        builders[type] = builder;
        return builder;
    }
}
