using System.Collections.Immutable;

namespace Stagedoor.Api.Core;

/// <summary>core/v1 Endpoints of the Service of the same name.</summary>
public sealed record Endpoints
{
    /// <summary><c>subsets</c> in the order written.</summary>
    public ImmutableArray<EndpointSubset> Subsets { get; init; } = [];
}

/// <summary>Addresses that share ports.</summary>
public sealed record EndpointSubset
{
    /// <summary>Addresses that are ready.</summary>
    public ImmutableArray<EndpointAddress> Addresses { get; init; } = [];

    /// <summary>Addresses that are not ready.</summary>
    public ImmutableArray<EndpointAddress> NotReadyAddresses { get; init; } = [];

    /// <summary>Ports of each of the addresses.</summary>
    public ImmutableArray<EndpointPort> Ports { get; init; } = [];
}

/// <summary>One address of an <see cref="EndpointSubset"/>.</summary>
/// <param name="Ip">IPv4 or IPv6 address.</param>
public sealed record EndpointAddress(string Ip)
{
    /// <summary><c>hostname</c>; empty if not set.</summary>
    public string Hostname { get; init; } = "";

    /// <summary><c>nodeName</c>; empty if not set.</summary>
    public string NodeName { get; init; } = "";

    /// <summary>What is behind the address, usually a Pod.</summary>
    public ObjectReference? TargetRef { get; init; }
}

/// <summary>One port of endpoints; also of an <see cref="EndpointSlice"/>.</summary>
/// <param name="Name">Name of the Service's port; empty if that has none.</param>
/// <param name="Port">Number; 0 if the slice leaves it open (all ports).</param>
public sealed record EndpointPort(string Name, int Port)
{
    /// <summary>TCP, UDP or SCTP.</summary>
    public string Protocol { get; init; } = "TCP";

    /// <summary><c>appProtocol</c>; empty if not set.</summary>
    public string AppProtocol { get; init; } = "";
}

/// <summary>A reference to another object.</summary>
/// <param name="Kind">Kind, for example <c>Pod</c>.</param>
/// <param name="Namespace">Namespace; empty if not set.</param>
/// <param name="Name">Name.</param>
public sealed record ObjectReference(string Kind, string Namespace, string Name);
