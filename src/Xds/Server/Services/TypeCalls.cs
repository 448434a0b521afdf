using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Stagedoor.Xds.Fetches;
using Stagedoor.Xds.Server.Fetches;
using Stagedoor.Xds.Server.Streams;

namespace Stagedoor.Xds.Server.Services;

/// <summary>The calls that every service of one type has.</summary>
internal sealed class TypeCalls(StreamServices services, SnapshotFetcher fetcher)
{
    /// <summary>Gloo's words where the client has the current version already (infrastructure 1.4).</summary>
    internal const string UpToDate = "skip fetch: version up to date";

    /// <summary>A state-of-the-world stream of one type.</summary>
    public Task StreamAsync(XdsType type, IAsyncStreamReader<DiscoveryRequest> requests, ServerCallContext context) =>
        new StreamRunner<DiscoveryRequest>(services, new SotwVariant(type)).RunAsync(requests, context);

    /// <summary>An incremental stream of one type.</summary>
    public Task DeltaAsync(
        XdsType type, IAsyncStreamReader<DeltaDiscoveryRequest> requests, ServerCallContext context) =>
        new StreamRunner<DeltaDiscoveryRequest>(services, new DeltaVariant(type)).RunAsync(requests, context);

    /// <summary>A unary request. A client that is up to date gets <c>UNKNOWN</c>, as from Gloo.</summary>
    public async Task<DiscoveryResponse> FetchAsync(XdsType type, DiscoveryRequest request, ServerCallContext context)
    {
        var (answer, refusal) =
            await fetcher.FetchAsync(type, request, context.GetHttpContext()).ConfigureAwait(false);
        if (refusal is not null) throw refusal.ToException();
        if (answer!.IsCurrent || answer.ClientGeneration is not null)
            throw new RpcException(new Status(StatusCode.Unknown, UpToDate));
        var response = ToResponse(answer);
        services.Metrics.Response(type, response.CalculateSize());
        return response;
    }

    private static DiscoveryResponse ToResponse(FetchAnswer answer)
    {
        var url = answer.Type.TypeUrl();
        var response = new DiscoveryResponse { VersionInfo = answer.Version, TypeUrl = url };
        response.Resources.AddRange(answer.Resources.Select(resource => new Any
        {
            TypeUrl = url,
            Value = UnsafeByteOperations.UnsafeWrap(resource.Resource.Bytes),
        }));
        return response;
    }
}
