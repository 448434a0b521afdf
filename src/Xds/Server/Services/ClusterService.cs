using Envoy.Service.Cluster.V3;
using Envoy.Service.Discovery.V3;
using Grpc.Core;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The cluster discovery service (CDS).</summary>
internal sealed class ClusterService(TypeCalls calls) : ClusterDiscoveryService.ClusterDiscoveryServiceBase
{
    /// <inheritdoc/>
    public override Task StreamClusters(
        IAsyncStreamReader<DiscoveryRequest> requestStream, IServerStreamWriter<DiscoveryResponse> responseStream,
        ServerCallContext context) =>
        calls.StreamAsync(XdsType.Cluster, requestStream, context);

    /// <inheritdoc/>
    public override Task DeltaClusters(
        IAsyncStreamReader<DeltaDiscoveryRequest> requestStream,
        IServerStreamWriter<DeltaDiscoveryResponse> responseStream, ServerCallContext context) =>
        calls.DeltaAsync(XdsType.Cluster, requestStream, context);

    /// <inheritdoc/>
    public override Task<DiscoveryResponse> FetchClusters(DiscoveryRequest request, ServerCallContext context) =>
        calls.FetchAsync(XdsType.Cluster, request, context);
}
