using System.Collections.Immutable;
using System.Globalization;
using Stagedoor.Xds.Harness.Language;

namespace Stagedoor.Xds.Harness.Serving;

/// <summary>
/// The configuration that a scenario writes down step by step: each step is one more generation, and content that is
/// not written out is the number of that generation.
/// </summary>
internal sealed class SnapshotState
{
    private static readonly ImmutableSortedDictionary<string, SnapshotResource> NoResources =
        ImmutableSortedDictionary.Create<string, SnapshotResource>(StringComparer.Ordinal);

    private ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>> _resources =
        ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>>.Empty;

    private ImmutableDictionary<XdsType, ImmutableSortedSet<string>> _gone =
        ImmutableDictionary<XdsType, ImmutableSortedSet<string>>.Empty;

    private long _seq;

    /// <summary>The newest step.</summary>
    public Snapshot Current(string proxy) =>
        new(proxy, new Generation(1, _seq)) { Resources = _resources, Gone = _gone };

    /// <summary>Starts a step.</summary>
    public void Begin() => _seq++;

    /// <summary>These and no others.</summary>
    public void Replace(XdsType type, IEnumerable<Item> items)
    {
        var before = Of(type);
        var now = items.Aggregate(NoResources, (all, item) => With(type, all, item, before));
        Set(type, now);
        foreach (var name in before.Keys.Where(name => !now.ContainsKey(name))) Leave(type, name);
    }

    /// <summary>These besides the others, or in place of those of their name.</summary>
    public void Put(XdsType type, IEnumerable<Item> items) =>
        Set(type, items.Aggregate(Of(type), (all, item) => With(type, all, item, all)));

    /// <summary>Without these.</summary>
    public void Remove(XdsType type, IEnumerable<Item> items)
    {
        foreach (var item in items)
        {
            Set(type, Of(type).Remove(item.Name));
            Leave(type, item.Name);
        }
    }

    private ImmutableSortedDictionary<string, SnapshotResource> Of(XdsType type) =>
        _resources.GetValueOrDefault(type, NoResources);

    private void Set(XdsType type, ImmutableSortedDictionary<string, SnapshotResource> resources)
    {
        _resources = _resources.SetItem(type, resources);
        if (_gone.TryGetValue(type, out var gone)) _gone = _gone.SetItem(type, gone.Except(resources.Keys));
    }

    private void Leave(XdsType type, string name) => _gone = _gone.SetItem(
        type, _gone.GetValueOrDefault(type, ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Add(name));

    private ImmutableSortedDictionary<string, SnapshotResource> With(
        XdsType type, ImmutableSortedDictionary<string, SnapshotResource> all, Item item,
        ImmutableSortedDictionary<string, SnapshotResource> before)
    {
        var content = item.Content.Length > 0 ? item.Content : _seq.ToString(CultureInfo.InvariantCulture);
        var resource = TestResources.Encode(type, item.Name, content, item.Refs);
        return before.TryGetValue(item.Name, out var old) && old.Hash == resource.Hash
            ? all.SetItem(item.Name, old)
            : all.SetItem(item.Name, new SnapshotResource(resource, new Generation(1, _seq)));
    }
}
