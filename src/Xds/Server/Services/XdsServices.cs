using System.Collections.Frozen;
using Envoy.Service.Cluster.V3;
using Envoy.Service.Discovery.V3;
using Envoy.Service.Endpoint.V3;
using Envoy.Service.Extension.V3;
using Envoy.Service.Listener.V3;
using Envoy.Service.Route.V3;
using Envoy.Service.Runtime.V3;
using Envoy.Service.Secret.V3;
using Envoy.Service.Status.V3;
using Google.Protobuf.Reflection;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The xDS services that are offered.</summary>
internal static class XdsServices
{
    /// <summary>Their full names.</summary>
    public static readonly FrozenSet<string> Names = new ServiceDescriptor[]
    {
        AggregatedDiscoveryService.Descriptor,
        ListenerDiscoveryService.Descriptor,
        RouteDiscoveryService.Descriptor,
        VirtualHostDiscoveryService.Descriptor,
        ClusterDiscoveryService.Descriptor,
        EndpointDiscoveryService.Descriptor,
        SecretDiscoveryService.Descriptor,
        RuntimeDiscoveryService.Descriptor,
        ExtensionConfigDiscoveryService.Descriptor,
        ClientStatusDiscoveryService.Descriptor,
    }.Select(service => service.FullName).ToFrozenSet(StringComparer.Ordinal);
}
