using Envoy.Service.Discovery.V3;
using Envoy.Service.Extension.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The extension configuration discovery service (ECDS).</summary>
internal sealed class ExtensionConfigService(TypeCalls calls)
    : ExtensionConfigDiscoveryService.ExtensionConfigDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamExtensionConfigs(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(XdsType.ExtensionConfig, requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaExtensionConfigs(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.ExtensionConfig, requestStream, context);

    /// <inheritdoc/>
    public override Task<DiscoveryResponse> FetchExtensionConfigs(
        DiscoveryRequest request, ServerCallContext context) =>
        calls.FetchAsync(XdsType.ExtensionConfig, request, context);
}
