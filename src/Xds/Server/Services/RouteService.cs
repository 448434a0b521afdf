using Envoy.Service.Discovery.V3;
using Envoy.Service.Route.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The route discovery service (RDS).</summary>
internal sealed class RouteService(TypeCalls calls) : RouteDiscoveryService.RouteDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamRoutes(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(XdsType.RouteConfiguration, requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaRoutes(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.RouteConfiguration, requestStream, context);

    /// <inheritdoc/>
    public override Task<DiscoveryResponse> FetchRoutes(DiscoveryRequest request, ServerCallContext context) =>
        calls.FetchAsync(XdsType.RouteConfiguration, request, context);
}
