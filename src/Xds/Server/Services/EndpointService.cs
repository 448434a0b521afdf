using Envoy.Service.Discovery.V3;
using Envoy.Service.Endpoint.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The endpoint discovery service (EDS).</summary>
internal sealed class EndpointService(TypeCalls calls) : EndpointDiscoveryService.EndpointDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamEndpoints(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(XdsType.ClusterLoadAssignment, requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaEndpoints(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.ClusterLoadAssignment, requestStream, context);

    /// <inheritdoc/>
    public override Task<DiscoveryResponse> FetchEndpoints(DiscoveryRequest request, ServerCallContext context) =>
        calls.FetchAsync(XdsType.ClusterLoadAssignment, request, context);
}
