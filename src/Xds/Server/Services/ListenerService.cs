using Envoy.Service.Discovery.V3;
using Envoy.Service.Listener.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The listener discovery service (LDS).</summary>
internal sealed class ListenerService(TypeCalls calls) : ListenerDiscoveryService.ListenerDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamListeners(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(XdsType.Listener, requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaListeners(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.Listener, requestStream, context);

    /// <inheritdoc/>
    public override Task<DiscoveryResponse> FetchListeners(DiscoveryRequest request, ServerCallContext context) =>
        calls.FetchAsync(XdsType.Listener, request, context);
}
