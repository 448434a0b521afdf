using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>A resource in a snapshot, with the generation that committed its present content.</summary>
public sealed record SnapshotResource(EncodedResource Resource, Generation Since)
{
    /// <summary>The version on the wire, <c>term.seq-hash</c> (design 4).</summary>
    public string Version { get; } = $"{Since}-{Resource.Hash}";
}

/// <summary>
/// All resources of one proxy at one generation: complete, closed under references, immutable. What sessions read.
/// </summary>
/// <param name="Proxy">Snapshot key, <c>namespace~name</c> (envoy-translation 1.4).</param>
/// <param name="Generation">The commit.</param>
public sealed record Snapshot(string Proxy, Generation Generation)
{
    /// <summary>Resources by type and name, in ordinal order of names.</summary>
    public ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>> Resources { get; init; } =
        ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>>.Empty;

    /// <summary>
    /// Names that the proxy served within the last 24 h and serves no more, at most 10,000: what a reconnecting delta
    /// client may still hold (design 4).
    /// </summary>
    public ImmutableDictionary<XdsType, ImmutableSortedSet<string>> Gone { get; init; } =
        ImmutableDictionary<XdsType, ImmutableSortedSet<string>>.Empty;

    /// <summary>The resources of a type; empty if there are none.</summary>
    public ImmutableSortedDictionary<string, SnapshotResource> OfType(XdsType type) =>
        Resources.GetValueOrDefault(type, ImmutableSortedDictionary<string, SnapshotResource>.Empty);
}
