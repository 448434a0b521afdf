using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>
/// The resources that one resource refers to, and what the order on the wire must know of it (design 4).
/// </summary>
public sealed record ResourceRefs
{
    /// <summary>Refers to nothing.</summary>
    public static readonly ResourceRefs None = new();

    /// <summary>Clusters named by routes, filters, access logs and the like.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>RDS names of a listener.</summary>
    public ImmutableArray<string> RouteConfigurations { get; init; } = [];

    /// <summary>EDS service name of a cluster of EDS type.</summary>
    public ImmutableArray<string> Assignments { get; init; } = [];

    /// <summary>SDS names of a listener or cluster.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>
    /// For a cluster: whether Envoy warms it by more than an assignment (health checks, DNS, an SDS secret), so that a
    /// route newly pointed at it waits for the answer to its CDS response.
    /// </summary>
    public bool WarmsSlowly { get; init; }
}
