using Envoy.Service.Discovery.V3;
using Envoy.Service.Runtime.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The runtime discovery service (RTDS).</summary>
internal sealed class RuntimeService(TypeCalls calls) : RuntimeDiscoveryService.RuntimeDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamRuntime(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(XdsType.Runtime, requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaRuntime(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.Runtime, requestStream, context);

    /// <inheritdoc/>
    public override Task<DiscoveryResponse> FetchRuntime(DiscoveryRequest request, ServerCallContext context) =>
        calls.FetchAsync(XdsType.Runtime, request, context);
}
