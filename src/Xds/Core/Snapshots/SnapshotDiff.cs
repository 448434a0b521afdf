using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>The names in which two states of one type differ.</summary>
internal static class SnapshotDiff
{
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

    /// <summary>Takes what is known of the old contents over to those that replace them.</summary>
    public static void Link(Snapshot before, Snapshot now)
    {
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

    private static bool Same(SnapshotResource left, SnapshotResource right) =>
        ReferenceEquals(left, right) || left.Hash == right.Hash;
}
