using System.Collections.Immutable;

namespace Stagedoor.Xds.Acceptance.Serving;

/// <summary>The configuration of one gateway, and its generations.</summary>
internal sealed class World : ISnapshotDirectory
{
    /// <summary>The role of the Envoys.</summary>
    public const string Proxy = "test~gateway";

    private static readonly ImmutableSortedDictionary<string, SnapshotResource> NoResources =
        ImmutableSortedDictionary.Create<string, SnapshotResource>(StringComparer.Ordinal);

    private ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>> _resources =
        ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>>.Empty;

    private ImmutableDictionary<XdsType, ImmutableSortedSet<string>> _gone =
        ImmutableDictionary<XdsType, ImmutableSortedSet<string>>.Empty;

    /// <summary>What the server reads.</summary>
    public SnapshotCell Cell { get; } = new();

    /// <summary>The newest generation.</summary>
    public Generation Generation { get; private set; } = new(1, 0);

    public SnapshotLease Open(string proxy) => new(proxy == Proxy ? Cell : new SnapshotCell(), () => { });

    /// <summary>The next generation: with these resources, without those names.</summary>
    public void Publish(IEnumerable<EncodedResource> put, params IEnumerable<(XdsType Type, string Name)> remove)
    {
        Generation = Generation with { Seq = Generation.Seq + 1 };
        foreach (var resource in put) Put(resource);
        foreach (var (type, name) in remove) Remove(type, name);
        Cell.Publish(new Snapshot(Proxy, Generation) { Resources = _resources, Gone = _gone });
    }

    /// <summary>The next generation: exactly these resources.</summary>
    public void Reset(IReadOnlyList<EncodedResource> resources)
    {
        var kept = resources.Select(resource => (resource.Type, resource.Name)).ToHashSet();
        var gone = _resources
            .SelectMany(type => type.Value.Keys.Select(name => (type.Key, name)))
            .Where(key => !kept.Contains(key))
            .ToList();
        Publish(resources, gone);
    }

    private void Put(EncodedResource resource)
    {
        var all = _resources.GetValueOrDefault(resource.Type, NoResources);
        if (all.TryGetValue(resource.Name, out var old) && old.Hash == resource.Hash) return;
        _resources = _resources.SetItem(
            resource.Type, all.SetItem(resource.Name, new SnapshotResource(resource, Generation)));
        if (_gone.TryGetValue(resource.Type, out var gone))
            _gone = _gone.SetItem(resource.Type, gone.Remove(resource.Name));
    }

    private void Remove(XdsType type, string name)
    {
        _resources = _resources.SetItem(type, _resources.GetValueOrDefault(type, NoResources).Remove(name));
        var gone = _gone.GetValueOrDefault(type, ImmutableSortedSet.Create<string>(StringComparer.Ordinal));
        _gone = _gone.SetItem(type, gone.Add(name));
    }
}
