using Envoy.Config.Core.V3;
using Envoy.Config.Listener.V3;
using Envoy.Config.Route.V3;
using Envoy.Extensions.Filters.Http.Router.V3;
using Envoy.Extensions.Filters.Network.HttpConnectionManager.V3;
using Google.Protobuf.WellKnownTypes;
using static Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager.Types;

namespace Stagedoor.Xds.Server.Fallback;

/// <summary>
/// What clients without a role get (infrastructure 1.6, envoy-translation 1.4): one listener that answers every request
/// with the reason.
/// </summary>
internal static class FallbackConfiguration
{
    private const string ListenerName = "listener-for-invalid-envoy";
    private const string RoutesName = "routes-for-invalid-envoy";
    private const uint Port = 8080;

    public static Snapshot Snapshot(bool ipv4Only)
    {
        EncodedResource[] resources =
        [
            EncodedResource.Encode(
                XdsType.Listener, ListenerName, Listener(ipv4Only),
                new ResourceRefs { RouteConfigurations = [RoutesName] }),
            EncodedResource.Encode(XdsType.RouteConfiguration, RoutesName, Routes(), ResourceRefs.None),
        ];
        return Snapshots.Of(NodeIdentity.FallbackKey, Generation.None, resources);
    }

    private static Listener Listener(bool ipv4Only) => new()
    {
        Name = ListenerName,
        Address = new Address
        {
            SocketAddress = new SocketAddress
            {
                Address = ipv4Only ? "0.0.0.0" : "::",
                Ipv4Compat = !ipv4Only,
                PortValue = Port,
            },
        },
        FilterChains = { new FilterChain { Filters = { Filter() } } },
    };

    private static Filter Filter() => new()
    {
        Name = "envoy.filters.network.http_connection_manager",
        TypedConfig = Any.Pack(new HttpConnectionManager
        {
            CodecType = CodecType.Auto,
            StatPrefix = "http",
            Rds = new Rds
            {
                RouteConfigName = RoutesName,
                ConfigSource = new ConfigSource
                {
                    Ads = new AggregatedConfigSource(),
                    ResourceApiVersion = ApiVersion.V3,
                },
            },
            HttpFilters =
            {
                new HttpFilter { Name = "envoy.filters.http.router", TypedConfig = Any.Pack(new Router()) },
            },
        }),
    };

    private static RouteConfiguration Routes() => new()
    {
        Name = RoutesName,
        VirtualHosts =
        {
            new VirtualHost
            {
                Name = "invalid-envoy-config-vhost",
                Domains = { "*" },
                Routes =
                {
                    new Route
                    {
                        Match = new RouteMatch { Prefix = "/" },
                        DirectResponse = new DirectResponseAction
                        {
                            Status = 500,
                            Body = new DataSource
                            {
                                InlineString = "Invalid Envoy Bootstrap Configuration. "
                                    + "Please refer to Gloo documentation https://gloo.solo.io/",
                            },
                        },
                    },
                },
            },
        },
    };
}
