using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>What changes from one snapshot of a proxy to the next.</summary>
internal static class SnapshotDiff
{
    private const int MaxDeparted = 256;

    /// <summary>The names in which two states of one type differ; those that are gone last.</summary>
    public static ImmutableArray<string> Names(
        ImmutableSortedDictionary<string, SnapshotResource> before,
        ImmutableSortedDictionary<string, SnapshotResource> now)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var gone = new List<string>();
        using var left = before.GetEnumerator();
        using var right = now.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : Order(left.Current, right.Current);
            if (order < 0) gone.Add(left.Current.Key);
            else if (order > 0 || !ReferenceEquals(left.Current.Value, right.Current.Value))
                names.Add(right.Current.Key);
            if (order <= 0) hasLeft = left.MoveNext();
            if (order >= 0) hasRight = right.MoveNext();
        }

        names.AddRange(gone);
        return names.DrainToImmutable();
    }

    /// <summary>
    /// Takes what is known of the old contents over to those that replace them, and remembers lost clusters and which
    /// names changed.
    /// </summary>
    public static void Link(Snapshot before, Snapshot now)
    {
        var known = now.Changes?.Since == before.Generation ? now.Changes.Names : null;
        var names = new ImmutableArray<string>[XdsTypes.Count];
        names.AsSpan().Fill([]);
        foreach (var type in XdsTypes.WireOrder)
        {
            var (old, fresh) = (before.OfType(type), now.OfType(type));
            if (ReferenceEquals(old, fresh)) continue;
            names[(int)type] = known is null ? Names(old, fresh) : known.GetValueOrDefault(type, []);
            foreach (var name in names[(int)type])
            {
                if (fresh.TryGetValue(name, out var resource) && old.TryGetValue(name, out var previous)
                    && !ReferenceEquals(previous, resource))
                    resource.Follow(previous);
            }
        }

        now.Departed = Departed(before, now, names[(int)XdsType.Cluster]);
        now.Lists.Follow(before, names);
    }

    private static ImmutableDictionary<string, DepartedResource> Departed(
        Snapshot before, Snapshot now, ImmutableArray<string> names)
    {
        var departed = before.Departed;
        var (old, fresh) = (before.OfType(XdsType.Cluster), now.OfType(XdsType.Cluster));
        foreach (var name in names)
        {
            if (fresh.ContainsKey(name)) departed = departed.Remove(name);
            else if (old.TryGetValue(name, out var cluster))
                departed = departed.SetItem(name, new DepartedResource(cluster, now.Generation));
        }

        return departed.Count <= MaxDeparted
            ? departed
            : departed.OrderByDescending(entry => entry.Value.At).Take(MaxDeparted).ToImmutableDictionary();
    }

    // Equal entries are one object, mostly: then their names need not be compared.
    private static int Order(
        KeyValuePair<string, SnapshotResource> left, KeyValuePair<string, SnapshotResource> right) =>
        ReferenceEquals(left.Value, right.Value) ? 0 : string.CompareOrdinal(left.Key, right.Key);
}
