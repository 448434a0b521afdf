using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Google.Rpc;
using Grpc.Core;
using Shouldly;
using static Envoy.Service.Discovery.V3.AggregatedDiscoveryService;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>An incremental stream, aggregated or of one type, seen from the client.</summary>
internal sealed class DeltaCall(AsyncDuplexStreamingCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> call, Node node)
    : IDisposable
{
    private bool _hasNode;

    public DeltaCall(AggregatedDiscoveryServiceClient client, Node node)
        : this(client.DeltaAggregatedResources(), node)
    {
    }

    public Task SubscribeAsync(XdsType type, params string[] names) =>
        SendAsync(new DeltaDiscoveryRequest { TypeUrl = type.TypeUrl(), ResourceNamesSubscribe = { names } });

    public Task ReconnectAsync(XdsType type, string[] names, IDictionary<string, string> versions) =>
        SendAsync(new DeltaDiscoveryRequest
        {
            TypeUrl = type.TypeUrl(),
            ResourceNamesSubscribe = { names },
            InitialResourceVersions = { versions },
        });

    public Task AckAsync(DeltaDiscoveryResponse response) =>
        SendAsync(new DeltaDiscoveryRequest { TypeUrl = response.TypeUrl, ResponseNonce = response.Nonce });

    public Task NackAsync(DeltaDiscoveryResponse response, string error) => SendAsync(new DeltaDiscoveryRequest
    {
        TypeUrl = response.TypeUrl,
        ResponseNonce = response.Nonce,
        ErrorDetail = new Google.Rpc.Status { Code = (int)Code.Internal, Message = error },
    });

    public async Task SendAsync(DeltaDiscoveryRequest request)
    {
        if (!_hasNode) request.Node = node;
        _hasNode = true;
        await call.RequestStream.WriteAsync(request);
    }

    public async Task<DeltaDiscoveryResponse> GetAsync(XdsType type)
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await call.ResponseStream.MoveNext(cancel.Token)).ShouldBeTrue("a response, not the end of the stream");
        call.ResponseStream.Current.TypeUrl.ShouldBe(type.TypeUrl());
        return call.ResponseStream.Current;
    }

    /// <summary>How the stream ends.</summary>
    public async Task<RpcException> GetEndAsync()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(cancel.Token))
            {
                // Only the end matters.
            }
        });
    }

    public void Dispose() => call.Dispose();
}
