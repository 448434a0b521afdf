namespace Stagedoor.Xds;

/// <summary>Who a client says it is: the <c>node</c> of the first request of its stream (rule R2).</summary>
/// <param name="Id"><c>node.id</c>.</param>
/// <param name="Cluster"><c>node.cluster</c>.</param>
/// <param name="Role"><c>node.metadata.role</c>; null if there is no such string.</param>
/// <param name="UserAgent">Name and version, for example <c>envoy 1.40.0</c>.</param>
public sealed record NodeIdentity(string Id, string Cluster, string? Role, string UserAgent)
{
    /// <summary>The snapshot key of clients without a role (infrastructure 1.6).</summary>
    public const string FallbackKey = "misconfigured-node";

    /// <summary>
    /// Whether the client announced <c>xds.config.supports-resource-ttl</c>: only then it is told of times to live.
    /// </summary>
    public bool SupportsTtl { get; init; }

    /// <summary>
    /// Which snapshot the client gets: the text of its role, whatever it is; a role that names no proxy gets silence.
    /// </summary>
    public string SnapshotKey => Role ?? FallbackKey;

    /// <summary>Whether another node of the same stream is the same client.</summary>
    public bool IsSameClientAs(NodeIdentity other) =>
        other is not null && Id == other.Id && Cluster == other.Cluster && Role == other.Role;
}
