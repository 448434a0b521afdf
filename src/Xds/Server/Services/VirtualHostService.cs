using Envoy.Service.Discovery.V3;
using Envoy.Service.Route.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The virtual host discovery service (VHDS), which is incremental only.</summary>
internal sealed class VirtualHostService(TypeCalls calls)
    : VirtualHostDiscoveryService.VirtualHostDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task DeltaVirtualHosts(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.VirtualHost, requestStream, context);
}
