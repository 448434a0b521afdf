using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>Type URLs and the order of types on the wire.</summary>
public static class XdsTypes
{
    /// <summary>Make before break: the order in which additions of several types are sent (design 4).</summary>
    public static readonly ImmutableArray<XdsType> WireOrder =
    [
        XdsType.Runtime, XdsType.Cluster, XdsType.ClusterLoadAssignment, XdsType.Secret, XdsType.ExtensionConfig,
        XdsType.Listener, XdsType.RouteConfiguration, XdsType.VirtualHost,
    ];

    /// <summary>Size of an array indexed by <see cref="XdsType"/>.</summary>
    public const int Count = (int)XdsType.VirtualHost + 1;

    private const string Prefix = "type.googleapis.com/";

    /// <summary>The type URL that requests, responses and <c>Any</c>s carry.</summary>
    public static string TypeUrl(this XdsType type) => type switch
    {
        XdsType.Listener => Prefix + "envoy.config.listener.v3.Listener",
        XdsType.RouteConfiguration => Prefix + "envoy.config.route.v3.RouteConfiguration",
        XdsType.Cluster => Prefix + "envoy.config.cluster.v3.Cluster",
        XdsType.ClusterLoadAssignment => Prefix + "envoy.config.endpoint.v3.ClusterLoadAssignment",
        XdsType.Secret => Prefix + "envoy.extensions.transport_sockets.tls.v3.Secret",
        XdsType.Runtime => Prefix + "envoy.service.runtime.v3.Runtime",
        XdsType.ExtensionConfig => Prefix + "envoy.config.core.v3.TypedExtensionConfig",
        XdsType.VirtualHost => Prefix + "envoy.config.route.v3.VirtualHost",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a resource type"),
    };

    /// <summary>The type with this URL; <see cref="XdsType.None"/> for a type that is not spoken.</summary>
    public static XdsType FromTypeUrl(string typeUrl) => typeUrl switch
    {
        Prefix + "envoy.config.listener.v3.Listener" => XdsType.Listener,
        Prefix + "envoy.config.route.v3.RouteConfiguration" => XdsType.RouteConfiguration,
        Prefix + "envoy.config.cluster.v3.Cluster" => XdsType.Cluster,
        Prefix + "envoy.config.endpoint.v3.ClusterLoadAssignment" => XdsType.ClusterLoadAssignment,
        Prefix + "envoy.extensions.transport_sockets.tls.v3.Secret" => XdsType.Secret,
        Prefix + "envoy.service.runtime.v3.Runtime" => XdsType.Runtime,
        Prefix + "envoy.config.core.v3.TypedExtensionConfig" => XdsType.ExtensionConfig,
        Prefix + "envoy.config.route.v3.VirtualHost" => XdsType.VirtualHost,
        _ => XdsType.None,
    };
}
