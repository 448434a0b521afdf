using System.Collections.Concurrent;
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
    private const int FewChanges = 64;

    private static readonly ConditionalWeakTable<ImmutableSortedDictionary<ResourceKey, Resource>,
        Resource[]> Known = [];
    private static readonly ConcurrentDictionary<ResourceKind, (WeakReference<CatalogView> View, Resource[] Items)>
        Last = [];

    /// <summary>The resources of a view; not to be modified.</summary>
    public static Resource[] Of(CatalogView view, ResourceKind kind)
    {
        var resources = view.OfKind(kind);
        if (resources.IsEmpty) return [];
        if (Known.TryGetValue(resources, out var known)) return known;
        var items = Known.GetValue(resources, all => Patched(view, kind, all.Count) ?? [.. all.Values]);
        Last[kind] = (new WeakReference<CatalogView>(view), items);
        return items;
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

    /// <summary>The array of an earlier view with the changes since then; null if there were too many.</summary>
    private static Resource[]? Patched(CatalogView view, ResourceKind kind, int count)
    {
        if (count < FewChanges || !Last.TryGetValue(kind, out var last) || !last.View.TryGetTarget(out var older))
            return null;
        var changes = view.ChangesSince(older).Where(key => key.Is(kind)).Order().ToArray();
        if (changes.Length > FewChanges) return null;
        var (before, after) = (last.Items, new Resource[count]);
        var (from, to) = (0, 0);
        foreach (var key in changes)
        {
            var place = Find(before, key);
            var end = place < 0 ? ~place : place;
            Array.Copy(before, from, after, to, end - from);
            to += end - from;
            from = place < 0 ? end : end + 1;
            if (view.Find(key) is { } resource) after[to++] = resource;
        }

        Array.Copy(before, from, after, to, before.Length - from);
        return after;
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
