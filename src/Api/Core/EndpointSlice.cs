using System.Collections.Immutable;

namespace Stagedoor.Api.Core;

/// <summary>
/// discovery.k8s.io/v1 EndpointSlice. Its Service is named by the label <see cref="ServiceNameLabel"/> in the metadata.
/// </summary>
public sealed record EndpointSlice
{
    /// <summary>Label whose value is the name of the Service.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary><c>addressType</c>: IPv4, IPv6 or FQDN.</summary>
    public string AddressType { get; init; } = "IPv4";

    /// <summary><c>endpoints</c> in the order written.</summary>
    public ImmutableArray<SliceEndpoint> Endpoints { get; init; } = [];

    /// <summary>Ports of each of the endpoints.</summary>
    public ImmutableArray<EndpointPort> Ports { get; init; } = [];
}

/// <summary>One endpoint of a slice.</summary>
public sealed record SliceEndpoint
{
    /// <summary><c>addresses</c>: interchangeable; consumers use the first.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary><c>conditions.ready</c>; not set means ready.</summary>
    public bool Ready { get; init; } = true;

    /// <summary><c>conditions.serving</c>; not set means the same as <see cref="Ready"/>.</summary>
    public bool Serving { get; init; } = true;

    /// <summary><c>conditions.terminating</c>.</summary>
    public bool Terminating { get; init; }

    /// <summary><c>hostname</c>; empty if not set.</summary>
    public string Hostname { get; init; } = "";

    /// <summary><c>nodeName</c>; empty if not set.</summary>
    public string NodeName { get; init; } = "";

    /// <summary><c>zone</c>; empty if not set.</summary>
    public string Zone { get; init; } = "";

    /// <summary>What is behind the endpoint, usually a Pod.</summary>
    public ObjectReference? TargetRef { get; init; }
}
