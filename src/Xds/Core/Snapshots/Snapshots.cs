using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>Builds snapshots whose resources all come at once.</summary>
public static class Snapshots
{
    /// <summary>A snapshot of these resources, all committed by <paramref name="generation"/>.</summary>
    /// <exception cref="ArgumentException">Two resources of a type have the same name.</exception>
    public static Snapshot Of(string proxy, Generation generation, IEnumerable<EncodedResource> resources) =>
        new(proxy, generation)
        {
            Resources = resources.GroupBy(resource => resource.Type).ToImmutableDictionary(
                group => group.Key,
                group => group.ToImmutableSortedDictionary(
                    resource => resource.Name, resource => new SnapshotResource(resource, generation),
                    StringComparer.Ordinal)),
        };

    /// <summary>The snapshot after some resources were added, changed or removed.</summary>
    /// <param name="before">The snapshot before.</param>
    /// <param name="generation">The commit that changes it.</param>
    /// <param name="upserts">New contents.</param>
    /// <param name="removed">Names that are gone.</param>
    public static Snapshot Next(
        Snapshot before, Generation generation, IReadOnlyCollection<EncodedResource> upserts,
        IReadOnlyCollection<(XdsType Type, string Name)>? removed = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(upserts);
        var resources = before.Resources;
        foreach (var resource in upserts)
        {
            var fresh = new SnapshotResource(resource, generation);
            var items = resources.GetValueOrDefault(resource.Type, before.OfType(resource.Type));
            resources = resources.SetItem(resource.Type, items.SetItem(resource.Name, fresh));
        }

        foreach (var (type, name) in removed ?? [])
        {
            if (resources.TryGetValue(type, out var items)) resources = resources.SetItem(type, items.Remove(name));
        }

        var names = upserts.Select(resource => (resource.Type, resource.Name)).Concat(removed ?? [])
            .GroupBy(entry => entry.Type, entry => entry.Name)
            .ToImmutableDictionary(group => group.Key, group => group.Distinct().ToImmutableArray());
        return before with
        {
            Generation = generation,
            Resources = resources,
            Changes = new SnapshotChanges(before.Generation, names),
        };
    }
}
