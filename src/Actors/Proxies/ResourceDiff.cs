using System.Collections.Immutable;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>What lies between two lists of a proxy's resources.</summary>
/// <param name="Upserts">Added or changed, ordered.</param>
/// <param name="Removed">Removed, ordered.</param>
internal sealed record ResourceChanges(ImmutableArray<EncodedResource> Upserts, ImmutableArray<ResourceName> Removed)
{
    public static readonly ResourceChanges None = new([], []);

    public bool IsEmpty => Upserts.IsEmpty && Removed.IsEmpty;

    /// <summary>Whether nothing but assignments differs: such changes never wait for the journal.</summary>
    public bool EndpointsOnly =>
        Upserts.All(resource => resource.Type == XdsType.ClusterLoadAssignment)
        && Removed.All(name => name.Type == XdsType.ClusterLoadAssignment);
}

/// <summary>
/// Compares lists in the order of type and name. Unchanged resources are the same objects in successive translations,
/// so a list of 10,000 costs microseconds; content is compared by hash.
/// </summary>
internal static class ResourceDiff
{
    public static ResourceChanges Between(ImmutableArray<EncodedResource> before, ImmutableArray<EncodedResource> after)
    {
        if (before == after) return ResourceChanges.None;
        var upserts = ImmutableArray.CreateBuilder<EncodedResource>();
        var removed = ImmutableArray.CreateBuilder<ResourceName>();
        var (b, a) = (0, 0);
        while (b < before.Length && a < after.Length)
        {
            var (old, now) = (before[b], after[a]);
            if (ReferenceEquals(old, now))
            {
                b++;
                a++;
                continue;
            }

            var order = ResourceName.Of(old).CompareTo(ResourceName.Of(now));
            if (order < 0) removed.Add(ResourceName.Of(before[b++]));
            if (order >= 0)
            {
                if (order > 0 || old.Hash != now.Hash) upserts.Add(now);
                a++;
            }

            if (order == 0) b++;
        }

        for (; b < before.Length; b++) removed.Add(ResourceName.Of(before[b]));
        for (; a < after.Length; a++) upserts.Add(after[a]);
        return upserts.Count + removed.Count == 0
            ? ResourceChanges.None
            : new ResourceChanges(upserts.DrainToImmutable(), removed.DrainToImmutable());
    }

    /// <summary>The list in the order that <see cref="Between"/> needs: itself, if it is so already.</summary>
    public static ImmutableArray<EncodedResource> Ordered(ImmutableArray<EncodedResource> resources)
    {
        for (var i = 1; i < resources.Length; i++)
        {
            if (ResourceName.Of(resources[i - 1]) >= ResourceName.Of(resources[i]))
            {
                // Of two with one name the last wins.
                return
                [
                    .. resources.GroupBy(ResourceName.Of).Select(same => same.Last())
                        .OrderBy(ResourceName.Of),
                ];
            }
        }

        return resources;
    }
}
