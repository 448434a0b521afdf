using System.Collections.Immutable;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds;

/// <summary>
/// What one snapshot changed of a type against the one before it, ready to be sent: all sessions that had the one
/// before send this same step, and none makes a list of its own. Immutable.
/// </summary>
internal sealed class SharedStep
{
    private const int MaxItems = 1024;

    private SharedStep(SentItem[] items, SnapshotResource[] resources, long bytes) =>
        (Items, Resources, Bytes) = (items, resources, bytes);

    /// <summary>The entries of the response.</summary>
    public IReadOnlyList<SentItem> Items { get; }

    /// <summary>Their contents, in the same order.</summary>
    public IReadOnlyList<SnapshotResource> Resources { get; }

    /// <summary>Bytes of the contents.</summary>
    public long Bytes { get; }

    /// <summary>
    /// The step, if it can be shared: it removes nothing (that is each session's own business) and is of a usual size.
    /// </summary>
    public static SharedStep? Of(
        ImmutableArray<string> names,
        ImmutableSortedDictionary<string, SnapshotResource> before,
        ImmutableSortedDictionary<string, SnapshotResource> now)
    {
        if (names.Length > MaxItems) return null;
        var items = new List<SentItem>(names.Length);
        long bytes = 0;
        foreach (var name in names)
        {
            if (!now.TryGetValue(name, out var content)) return null;
            var old = before.GetValueOrDefault(name);
            if (old?.Hash == content.Hash) continue;
            items.Add(new SentItem(name, content, Holding.Of(old), old));
            bytes += content.Resource.Bytes.Length;
        }

        return items.Count == 0 ? null : Of(items, bytes);
    }

    /// <summary>The whole of a type in responses of a size, for clients that have nothing.</summary>
    public static ImmutableArray<SharedStep> Whole(IEnumerable<SnapshotResource> resources, int batchBytes)
    {
        var steps = ImmutableArray.CreateBuilder<SharedStep>();
        var items = new List<SentItem>();
        long bytes = 0;
        foreach (var resource in resources)
        {
            if (items.Count > 0 && bytes + resource.Resource.Bytes.Length > batchBytes)
            {
                steps.Add(Of(items, bytes));
                items.Clear();
                bytes = 0;
            }

            items.Add(new SentItem(resource.Name, resource, Holding.Nothing, null));
            bytes += resource.Resource.Bytes.Length;
        }

        if (items.Count > 0) steps.Add(Of(items, bytes));
        return steps.DrainToImmutable();
    }

    private static SharedStep Of(List<SentItem> items, long bytes) =>
        new([.. items], [.. items.Select(item => item.Content!)], bytes);
}
