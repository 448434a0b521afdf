using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>What changes from one snapshot of a proxy to the next.</summary>
internal static class SnapshotDiff
{
    private const int MaxDeparted = 256;

    /// <summary>The names in which two states of one type differ.</summary>
    public static ImmutableArray<string> Names(
        ImmutableSortedDictionary<string, SnapshotResource> before,
        ImmutableSortedDictionary<string, SnapshotResource> now)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, resource) in now)
        {
            if (!before.TryGetValue(name, out var old) || !Same(old, resource)) names.Add(name);
        }

        foreach (var name in before.Keys)
        {
            if (!now.ContainsKey(name)) names.Add(name);
        }

        return names.DrainToImmutable();
    }

    /// <summary>
    /// Takes what is known of the old contents over to those that replace them, and remembers lost clusters.
    /// </summary>
    public static void Link(Snapshot before, Snapshot now)
    {
        now.Departed = Departed(before, now);
        foreach (var type in XdsTypes.WireOrder)
        {
            var old = before.OfType(type);
            var fresh = now.OfType(type);
            if (ReferenceEquals(old, fresh)) continue;
            foreach (var (name, resource) in fresh)
            {
                if (old.TryGetValue(name, out var previous) && !ReferenceEquals(previous, resource))
                    resource.Follow(previous);
            }
        }
    }

    private static ImmutableDictionary<string, DepartedResource> Departed(Snapshot before, Snapshot now)
    {
        var fresh = now.OfType(XdsType.Cluster);
        var old = before.OfType(XdsType.Cluster);
        var departed = before.Departed;
        if (ReferenceEquals(fresh, old)) return departed;
        departed = departed.RemoveRange(departed.Keys.Where(fresh.ContainsKey));
        departed = departed.SetItems(old.Values.Where(cluster => !fresh.ContainsKey(cluster.Name)).Select(cluster =>
            KeyValuePair.Create(cluster.Name, new DepartedResource(cluster, now.Generation))));
        return departed.Count <= MaxDeparted
            ? departed
            : departed.OrderByDescending(entry => entry.Value.At).Take(MaxDeparted).ToImmutableDictionary();
    }

    private static bool Same(SnapshotResource left, SnapshotResource right) =>
        ReferenceEquals(left, right) || left.Hash == right.Hash;
}
