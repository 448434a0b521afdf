using Envoy.Service.Cluster.V3;
using Envoy.Service.Discovery.V3;
using Envoy.Service.Endpoint.V3;
using Envoy.Service.Extension.V3;
using Envoy.Service.Listener.V3;
using Envoy.Service.Route.V3;
using Envoy.Service.Runtime.V3;
using Envoy.Service.Secret.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>The calls of a service of one type, seen from the client.</summary>
internal sealed record TypeService(
    Func<AsyncDuplexStreamingCall<DiscoveryRequest, DiscoveryResponse>> Stream,
    Func<AsyncDuplexStreamingCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse>> Delta,
    Func<DiscoveryRequest, AsyncUnaryCall<DiscoveryResponse>> Fetch)
{
    /// <summary>The types that have all of these calls.</summary>
    public static readonly XdsType[] Types =
    [
        XdsType.Listener, XdsType.RouteConfiguration, XdsType.Cluster, XdsType.ClusterLoadAssignment, XdsType.Secret,
        XdsType.Runtime, XdsType.ExtensionConfig,
    ];

    public static TypeService Of(XdsType type, ChannelBase channel)
    {
        switch (type)
        {
            case XdsType.Listener:
                var lds = new ListenerDiscoveryService.ListenerDiscoveryServiceClient(channel);
                return new(
                    () => lds.StreamListeners(), () => lds.DeltaListeners(),
                    request => lds.FetchListenersAsync(request));
            case XdsType.RouteConfiguration:
                var rds = new RouteDiscoveryService.RouteDiscoveryServiceClient(channel);
                return new(
                    () => rds.StreamRoutes(), () => rds.DeltaRoutes(),
                    request => rds.FetchRoutesAsync(request));
            case XdsType.Cluster:
                var cds = new ClusterDiscoveryService.ClusterDiscoveryServiceClient(channel);
                return new(
                    () => cds.StreamClusters(), () => cds.DeltaClusters(),
                    request => cds.FetchClustersAsync(request));
            case XdsType.ClusterLoadAssignment:
                var eds = new EndpointDiscoveryService.EndpointDiscoveryServiceClient(channel);
                return new(
                    () => eds.StreamEndpoints(), () => eds.DeltaEndpoints(),
                    request => eds.FetchEndpointsAsync(request));
            case XdsType.Secret:
                var sds = new SecretDiscoveryService.SecretDiscoveryServiceClient(channel);
                return new(
                    () => sds.StreamSecrets(), () => sds.DeltaSecrets(),
                    request => sds.FetchSecretsAsync(request));
            case XdsType.Runtime:
                var rtds = new RuntimeDiscoveryService.RuntimeDiscoveryServiceClient(channel);
                return new(
                    () => rtds.StreamRuntime(), () => rtds.DeltaRuntime(),
                    request => rtds.FetchRuntimeAsync(request));
            case XdsType.ExtensionConfig:
                var ecds = new ExtensionConfigDiscoveryService.ExtensionConfigDiscoveryServiceClient(channel);
                return new(
                    () => ecds.StreamExtensionConfigs(), () => ecds.DeltaExtensionConfigs(),
                    request => ecds.FetchExtensionConfigsAsync(request));
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "no such service");
        }
    }
}
