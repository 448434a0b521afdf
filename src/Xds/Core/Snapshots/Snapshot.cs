using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>
/// All resources of one proxy at one generation: complete, closed under references, immutable. What sessions read.
/// </summary>
/// <param name="Proxy">Snapshot key, <c>namespace~name</c> (envoy-translation 1.4).</param>
/// <param name="Generation">The commit.</param>
public sealed record Snapshot(string Proxy, Generation Generation)
{
    private static readonly ImmutableSortedDictionary<string, SnapshotResource> NoResources =
        ImmutableSortedDictionary.Create<string, SnapshotResource>(StringComparer.Ordinal);

    private SnapshotLists? _lists;

    /// <summary>
    /// Resources by type and name, in ordinal order of names. A type that did not change should be the same dictionary
    /// as in the generation before, an unchanged resource the same object: then nobody compares it.
    /// </summary>
    public ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>> Resources { get; init; } =
        ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>>.Empty;

    /// <summary>
    /// Names that the proxy served within the last 24 h and serves no more, at most 10,000: what a reconnecting delta
    /// client may still hold (design 4).
    /// </summary>
    public ImmutableDictionary<XdsType, ImmutableSortedSet<string>> Gone { get; init; } =
        ImmutableDictionary<XdsType, ImmutableSortedSet<string>>.Empty;

    /// <summary>
    /// What was changed to make it, if its builder knows; a snapshot made by <c>with</c> from another must have the
    /// same resources, or other changes.
    /// </summary>
    public SnapshotChanges? Changes { get; init; }

    /// <summary>
    /// Clusters that this node saw in snapshots before this one and that are gone, with their last contents, the newest
    /// few hundred: in state of the world a cluster can be kept a while for a reconnected client only by sending it.
    /// </summary>
    internal ImmutableDictionary<string, DepartedResource> Departed { get; set; } =
        ImmutableDictionary<string, DepartedResource>.Empty;

    /// <summary>What sessions share of this snapshot beside the resources.</summary>
    internal SnapshotLists Lists
    {
        get
        {
            // A copy made with `with` starts with the original's, which are not its own.
            var lists = Volatile.Read(ref _lists);
            if (lists is not null && ReferenceEquals(lists.Snapshot, this)) return lists;
            lists = new SnapshotLists(this);
            Volatile.Write(ref _lists, lists);
            return lists;
        }
    }

    /// <summary>The resources of a type; empty if there are none.</summary>
    public ImmutableSortedDictionary<string, SnapshotResource> OfType(XdsType type) =>
        Resources.GetValueOrDefault(type, NoResources);

    /// <summary>Snapshots are compared by identity: their content is told apart by generation and hashes.</summary>
    public bool Equals(Snapshot? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Proxy, Generation);
}

/// <summary>A resource that is gone.</summary>
/// <param name="Resource">Its last content.</param>
/// <param name="At">The generation that has it no more.</param>
internal sealed record DepartedResource(SnapshotResource Resource, Generation At);
