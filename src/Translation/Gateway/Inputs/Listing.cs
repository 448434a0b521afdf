using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The resources of a kind as an array in snapshot order. Made once for all views and Proxies that share the kind's
/// resources: walking the tree costs ten times as much as walking the array.
/// </summary>
internal static class Listing
{
    private static readonly ConditionalWeakTable<ImmutableSortedDictionary<ResourceKey, Resource>,
        Resource[]> Known = [];

    /// <summary>The resources of a view; not to be modified.</summary>
    public static Resource[] Of(CatalogView view, ResourceKind kind)
    {
        var resources = view.OfKind(kind);
        return resources.IsEmpty ? [] : Known.GetValue(resources, static all => [.. all.Values]);
    }

    /// <summary>Where a key is; the complement of where it would be if it is absent.</summary>
    public static int Find(Resource[] items, in ResourceKey key)
    {
        var low = 0;
        var high = items.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = items[middle].Key.CompareTo(key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    /// <summary>The resources of one namespace.</summary>
    public static ReadOnlySpan<Resource> InNamespace(Resource[] items, string ns)
    {
        var from = FirstAtLeast(items, ns, 0);
        var to = from;
        while (to < items.Length && items[to].Key.Namespace == ns) to++;
        return items.AsSpan(from, to - from);
    }

    private static int FirstAtLeast(Resource[] items, string ns, int low)
    {
        var high = items.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(items[middle].Key.Namespace, ns) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
