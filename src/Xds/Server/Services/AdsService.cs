using Envoy.Service.Discovery.V3;
using Grpc.Core;
using Stagedoor.Xds.Server.Streams;

namespace Stagedoor.Xds.Server.Services;

/// <summary>
/// The aggregated discovery service (ADS). It writes its responses itself (<see cref="ResponseWriter"/>).
/// </summary>
internal sealed class AdsService(StreamServices services) : AggregatedDiscoveryService.AggregatedDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamAggregatedResources(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        new StreamRunner<DiscoveryRequest>(services, SotwVariant.Aggregated).RunAsync(requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaAggregatedResources(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        new StreamRunner<DeltaDiscoveryRequest>(services, DeltaVariant.Aggregated).RunAsync(requestStream, context);
}
