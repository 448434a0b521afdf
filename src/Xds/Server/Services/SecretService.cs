using Envoy.Service.Discovery.V3;
using Envoy.Service.Secret.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The secret discovery service (SDS).</summary>
internal sealed class SecretService(TypeCalls calls) : SecretDiscoveryService.SecretDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamSecrets(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(XdsType.Secret, requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaSecrets(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.Secret, requestStream, context);

    /// <inheritdoc/>
    public override Task<DiscoveryResponse> FetchSecrets(DiscoveryRequest request, ServerCallContext context) =>
        calls.FetchAsync(XdsType.Secret, request, context);
}
