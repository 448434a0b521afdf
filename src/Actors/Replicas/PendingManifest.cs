using System.Collections.Immutable;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Replicas;

/// <summary>
/// A generation that a replica knows of but does not hold yet: the difference to the snapshot it holds.
/// </summary>
/// <param name="generation">The generation.</param>
/// <param name="whole">Whether the difference is to nothing instead.</param>
internal sealed class PendingManifest(Generation generation, bool whole)
{
    private static readonly ImmutableSortedDictionary<string, SnapshotResource> NoResources =
        ImmutableSortedDictionary.Create<string, SnapshotResource>(StringComparer.Ordinal);

    private static readonly ImmutableSortedSet<string> NoNames =
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private readonly Dictionary<ResourceName, ManifestEntry> _upserts = [];
    private readonly HashSet<ResourceName> _removed = [];
    private readonly Dictionary<ResourceName, bool> _gone = [];
    private readonly Dictionary<ResourceName, EncodedResource> _bodies = [];

    public Generation Generation { get; private set; } = generation;

    /// <summary>Entries whose content is still to be got.</summary>
    public SortedDictionary<ResourceName, ManifestEntry> Missing { get; } = [];

    /// <summary>Takes the difference from its generation to a later one.</summary>
    public void Merge(ManifestChange change, Func<ManifestEntry, EncodedResource?> find)
    {
        Generation = change.Generation;
        foreach (var entry in change.Upserts)
        {
            var name = new ResourceName(entry.Type, entry.Name);
            _upserts[name] = entry;
            _removed.Remove(name);
            _bodies.Remove(name);
            Missing.Remove(name);
            if (find(entry) is { } body) _bodies[name] = body;
            else Missing[name] = entry;
        }

        foreach (var name in change.Removed)
        {
            _removed.Add(name);
            _upserts.Remove(name);
            _bodies.Remove(name);
            Missing.Remove(name);
        }

        foreach (var name in change.Gone) _gone[name] = true;
        foreach (var name in change.Returned) _gone[name] = false;
    }

    /// <summary>A content has come.</summary>
    public void Got(EncodedResource resource)
    {
        var name = ResourceName.Of(resource);
        if (!Missing.TryGetValue(name, out var entry) || entry.Hash != resource.Hash) return;
        Missing.Remove(name);
        _bodies[name] = resource;
    }

    /// <summary>
    /// The snapshot, once nothing is missing. What did not change is the same object as in <paramref name="held"/>,
    /// down to whole types.
    /// </summary>
    public Snapshot Build(string proxy, Snapshot? held)
    {
        var resources = whole || held is null
            ? ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>>.Empty
            : held.Resources;
        var changed = _upserts.Keys.Concat(_removed).ToLookup(name => name.Type, name => name.Name);
        foreach (var type in changed.Select(group => group.Key))
        {
            var isSame = !whole;
            var before = held?.Resources.GetValueOrDefault(type, NoResources) ?? NoResources;
            var builder = (whole ? NoResources : before).ToBuilder();
            foreach (var name in _removed.Where(name => name.Type == type)) isSame &= !builder.Remove(name.Name);
            foreach (var (name, entry) in _upserts.Where(line => line.Key.Type == type))
            {
                var same = before.GetValueOrDefault(name.Name);
                var isHeld = same is not null && same.Resource.Hash == entry.Hash && same.Since == entry.Since;
                builder[name.Name] = isHeld ? same! : new SnapshotResource(_bodies[name], entry.Since);
                isSame &= isHeld;
            }

            var now = builder.ToImmutable();
            resources = resources.SetItem(type, isSame || (whole && SameItems(before, now)) ? before : now);
        }

        return new Snapshot(proxy, Generation)
        {
            Resources = resources,
            Gone = Gone(held),
            Changes = whole || held is null
                ? null
                : new SnapshotChanges(
                    held.Generation,
                    changed.ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray())),
        };
    }

    private ImmutableDictionary<XdsType, ImmutableSortedSet<string>> Gone(Snapshot? held)
    {
        var gone = whole || held is null ? ImmutableDictionary<XdsType, ImmutableSortedSet<string>>.Empty : held.Gone;
        foreach (var type in _gone.GroupBy(name => name.Key.Type))
        {
            var names = gone.GetValueOrDefault(type.Key, NoNames).ToBuilder();
            foreach (var (name, isGone) in type)
            {
                if (isGone) names.Add(name.Name);
                else names.Remove(name.Name);
            }

            gone = names.Count == 0 ? gone.Remove(type.Key) : gone.SetItem(type.Key, names.ToImmutable());
        }

        return gone;
    }

    private static bool SameItems(
        ImmutableSortedDictionary<string, SnapshotResource> before, ImmutableSortedDictionary<string,
            SnapshotResource> now) =>
        before.Count == now.Count
        && before.Values.SequenceEqual(now.Values, ReferenceEqualityComparer.Instance);
}

/// <summary>The content of a manifest's pages.</summary>
internal sealed record ManifestChange(
    Generation Base,
    Generation Generation,
    ImmutableArray<ManifestEntry> Upserts,
    ImmutableArray<ResourceName> Removed,
    ImmutableArray<ResourceName> Gone,
    ImmutableArray<ResourceName> Returned);
