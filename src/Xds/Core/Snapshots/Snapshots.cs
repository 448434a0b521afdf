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
}
