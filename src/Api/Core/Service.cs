using System.Collections.Immutable;

namespace Stagedoor.Api.Core;

/// <summary>
/// core/v1 Service: what translation reads of it. Labels and annotations are in the resource's metadata.
/// </summary>
public sealed record Service
{
    /// <summary><c>spec.type</c>: ClusterIP, NodePort, LoadBalancer or ExternalName.</summary>
    public string Type { get; init; } = "ClusterIP";

    /// <summary><c>spec.clusterIP</c>: an address, <c>None</c> for a headless service, or empty.</summary>
    public string ClusterIP { get; init; } = "";

    /// <summary><c>spec.externalName</c>, for type ExternalName.</summary>
    public string ExternalName { get; init; } = "";

    /// <summary>
    /// <c>spec.selector</c>: labels of the pods behind it; empty if its endpoints are managed by hand.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Selector { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary><c>spec.ports</c> in the order written.</summary>
    public ImmutableArray<ServicePort> Ports { get; init; } = [];
}

/// <summary>One port of a Service.</summary>
/// <param name="Name">Name within the Service; empty if it has only one port.</param>
/// <param name="Port">Number that clients use.</param>
public sealed record ServicePort(string Name, int Port)
{
    /// <summary>Port of the pod, a number or the name of a container's port; empty means <see cref="Port"/>.</summary>
    public string TargetPort { get; init; } = "";

    /// <summary>TCP, UDP or SCTP.</summary>
    public string Protocol { get; init; } = "TCP";

    /// <summary><c>appProtocol</c>, for example <c>kubernetes.io/h2c</c>; empty if not set.</summary>
    public string AppProtocol { get; init; } = "";
}
