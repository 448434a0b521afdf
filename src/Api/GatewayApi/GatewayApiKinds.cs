using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Stagedoor.Api.GatewayApi;

/// <summary>The kinds of the Kubernetes Gateway API (v1.4 to v1.6, both channels) that sources read.</summary>
public static class GatewayApiKinds
{
    /// <summary>The API group of the standard and experimental kinds.</summary>
    public const string Group = "gateway.networking.k8s.io";

    /// <summary>The API group of the kinds that are tried out.</summary>
    public const string ExperimentalGroup = "gateway.networking.x-k8s.io";

    public static readonly ResourceKind GatewayClass = new(Group, "v1", "GatewayClass");
    public static readonly ResourceKind Gateway = new(Group, "v1", "Gateway");
    public static readonly ResourceKind HttpRoute = new(Group, "v1", "HTTPRoute");
    public static readonly ResourceKind GrpcRoute = new(Group, "v1", "GRPCRoute");
    public static readonly ResourceKind TlsRoute = new(Group, "v1", "TLSRoute");
    public static readonly ResourceKind TcpRoute = new(Group, "v1alpha2", "TCPRoute");
    public static readonly ResourceKind UdpRoute = new(Group, "v1alpha2", "UDPRoute");
    public static readonly ResourceKind ReferenceGrant = new(Group, "v1", "ReferenceGrant");
    public static readonly ResourceKind BackendTlsPolicy = new(Group, "v1", "BackendTLSPolicy");
    public static readonly ResourceKind ListenerSet = new(Group, "v1", "ListenerSet");
    public static readonly ResourceKind XListenerSet = new(ExperimentalGroup, "v1alpha1", "XListenerSet");
    public static readonly ResourceKind XBackendTrafficPolicy =
        new(ExperimentalGroup, "v1alpha1", "XBackendTrafficPolicy");

    /// <summary>
    /// By group and kind: the kind, the record that its documents are read to, and the versions in which they come; all
    /// versions of a kind have one shape.
    /// </summary>
    public static readonly FrozenDictionary<(string Group, string Kind), GatewayApiKind> All = new GatewayApiKind[]
    {
        new(GatewayClass, typeof(GatewayClass), ["v1", "v1beta1"]),
        new(Gateway, typeof(Gateway), ["v1", "v1beta1"]),
        new(HttpRoute, typeof(HttpRoute), ["v1", "v1beta1"]),
        new(GrpcRoute, typeof(GrpcRoute), ["v1", "v1alpha2"]),
        new(TlsRoute, typeof(TlsRoute), ["v1", "v1alpha2", "v1alpha3"]),
        new(TcpRoute, typeof(TcpRoute), ["v1", "v1alpha2"]),
        new(UdpRoute, typeof(UdpRoute), ["v1", "v1alpha2"]),
        new(ReferenceGrant, typeof(ReferenceGrant), ["v1", "v1beta1", "v1alpha2"]),
        new(BackendTlsPolicy, typeof(BackendTlsPolicy), ["v1", "v1alpha3"]),
        new(ListenerSet, typeof(ListenerSet), ["v1"]),
        new(XListenerSet, typeof(ListenerSet), ["v1alpha1"]),
        new(XBackendTrafficPolicy, typeof(BackendTrafficPolicy), ["v1alpha1"]),
    }.ToFrozenDictionary(row => (row.Kind.Group, row.Kind.Kind));
}

/// <summary>One kind of the Gateway API.</summary>
/// <param name="Kind">Group, stored version and kind.</param>
/// <param name="Record">The record that its documents are read to.</param>
/// <param name="Versions">All versions that are read.</param>
public sealed record GatewayApiKind(ResourceKind Kind, Type Record, ImmutableArray<string> Versions);
