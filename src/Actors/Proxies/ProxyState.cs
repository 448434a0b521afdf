using System.Collections.Immutable;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>
/// One generation of a proxy: what is served, and the names that are gone. Immutable; the next shares structure with
/// it.
/// </summary>
internal sealed class ProxyState
{
    /// <summary>
    /// How long a name that is served no more is remembered, for clients that may still hold it (design 4).
    /// </summary>
    public static readonly TimeSpan GoneFor = TimeSpan.FromHours(24);

    /// <summary>How many such names at most; the oldest are forgotten first.</summary>
    public const int MostGone = 10_000;

    private static readonly ImmutableSortedDictionary<string, SnapshotResource> NoResources =
        ImmutableSortedDictionary.Create<string, SnapshotResource>(StringComparer.Ordinal);

    private ImmutableArray<EncodedResource> _list;

    private ProxyState(
        Snapshot snapshot, ImmutableArray<EncodedResource> list,
        ImmutableDictionary<ResourceName, DateTimeOffset> goneAt)
    {
        Snapshot = snapshot;
        _list = list;
        GoneAt = goneAt;
    }

    public Snapshot Snapshot { get; }

    public Generation Generation => Snapshot.Generation;

    /// <summary>When each name went.</summary>
    public ImmutableDictionary<ResourceName, DateTimeOffset> GoneAt { get; }

    /// <summary>All resources, ordered by type and name.</summary>
    public ImmutableArray<EncodedResource> List
    {
        get
        {
            if (_list.IsDefault)
            {
                _list =
                [
                    .. Snapshot.Resources.OrderBy(type => (int)type.Key)
                        .SelectMany(type => type.Value.Values.Select(resource => resource.Resource)),
                ];
            }

            return _list;
        }
    }

    /// <summary>Nothing committed.</summary>
    public static ProxyState Empty(string proxy) =>
        new(new Snapshot(proxy, Generation.None), [], ImmutableDictionary<ResourceName, DateTimeOffset>.Empty);

    /// <summary>A state that was stored whole.</summary>
    public static ProxyState Of(
        string proxy,
        Generation generation,
        IEnumerable<SnapshotResource> resources,
        ImmutableDictionary<ResourceName, DateTimeOffset> goneAt)
    {
        var types = resources.GroupBy(resource => resource.Resource.Type).ToImmutableDictionary(
            type => type.Key,
            type => type.ToImmutableSortedDictionary(
                resource => resource.Resource.Name, resource => resource, StringComparer.Ordinal));
        var snapshot = new Snapshot(proxy, generation) { Resources = types, Gone = Names(goneAt.Keys) };
        return new ProxyState(snapshot, default, goneAt);
    }

    /// <summary>The state after some resources changed.</summary>
    /// <param name="upserts">Added or changed.</param>
    /// <param name="removed">Removed.</param>
    /// <param name="list">The whole list afterwards, if it is at hand.</param>
    /// <param name="generation">The generation of the change.</param>
    /// <param name="now">When the removed names go.</param>
    /// <param name="lost">Removed without being remembered: unknown is not gone (rule I2).</param>
    public ProxyState Next(
        IEnumerable<SnapshotResource> upserts,
        ImmutableArray<ResourceName> removed,
        ImmutableArray<EncodedResource> list,
        Generation generation,
        DateTimeOffset now,
        IReadOnlyCollection<ResourceName>? lost = null)
    {
        var builders = new Dictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>.Builder>();
        var gone = GoneAt;
        foreach (var resource in upserts)
        {
            Builder(builders, resource.Resource.Type)[resource.Resource.Name] = resource;
            gone = gone.Remove(ResourceName.Of(resource.Resource));
        }

        foreach (var name in removed)
        {
            if (Builder(builders, name.Type).Remove(name.Name)) gone = gone.SetItem(name, now);
        }

        foreach (var name in lost ?? []) Builder(builders, name.Type).Remove(name.Name);
        var resources = Snapshot.Resources;
        foreach (var (type, builder) in builders) resources = resources.SetItem(type, builder.ToImmutable());
        if (!removed.IsEmpty) gone = Bounded(gone, now);
        var names = ReferenceEquals(gone, GoneAt) ? Snapshot.Gone : Names(gone.Keys);
        var snapshot = new Snapshot(Snapshot.Proxy, generation) { Resources = resources, Gone = names };
        return new ProxyState(snapshot, list, gone);
    }

    /// <summary>The state after the changes between its list and another.</summary>
    public ProxyState Next(
        ResourceChanges changes, ImmutableArray<EncodedResource> list, Generation generation, DateTimeOffset now) =>
        Next(
            changes.Upserts.Select(resource => new SnapshotResource(resource, generation)),
            changes.Removed, list, generation, now);

    /// <summary>
    /// This state, remembering as gone also what <paramref name="earlier"/> served or remembered and
    /// <paramref name="list"/> does not hold.
    /// </summary>
    public ProxyState Remembering(ProxyState earlier, ImmutableArray<EncodedResource> list, DateTimeOffset now)
    {
        var present = list.Select(ResourceName.Of).ToHashSet();
        var gone = earlier.GoneAt
            .Concat(earlier.List.Select(resource => KeyValuePair.Create(ResourceName.Of(resource), now)))
            .Where(name => !present.Contains(name.Key))
            .Aggregate(GoneAt.ToBuilder(), (builder, name) =>
            {
                builder[name.Key] = name.Value;
                return builder;
            });
        var bounded = Bounded(gone.ToImmutable(), now);
        return new ProxyState(Snapshot with { Gone = Names(bounded.Keys) }, _list, bounded);
    }

    /// <summary>The resource with this name, or null.</summary>
    public SnapshotResource? Find(ResourceName name) => Snapshot.OfType(name.Type).GetValueOrDefault(name.Name);

    private ImmutableSortedDictionary<string, SnapshotResource>.Builder Builder(
        Dictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>.Builder> builders, XdsType type)
    {
        if (builders.TryGetValue(type, out var builder)) return builder;
        builder = Snapshot.Resources.GetValueOrDefault(type, NoResources).ToBuilder();
        builders[type] = builder;
        return builder;
    }

    private static ImmutableDictionary<ResourceName, DateTimeOffset> Bounded(
        ImmutableDictionary<ResourceName, DateTimeOffset> gone, DateTimeOffset now)
    {
        var builder = gone.ToBuilder();
        builder.RemoveRange(gone.Where(name => now - name.Value >= GoneFor).Select(name => name.Key));
        if (builder.Count > MostGone)
        {
            builder.RemoveRange(
                [.. builder.OrderBy(name => name.Value).ThenBy(name => name.Key)
                    .Take(builder.Count - MostGone).Select(name => name.Key)]);
        }

        return builder.ToImmutable();
    }

    private static ImmutableDictionary<XdsType, ImmutableSortedSet<string>> Names(IEnumerable<ResourceName> names) =>
        names.GroupBy(name => name.Type).ToImmutableDictionary(
            type => type.Key, type => type.Select(name => name.Name).ToImmutableSortedSet(StringComparer.Ordinal));
}
