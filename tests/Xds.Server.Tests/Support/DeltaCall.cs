using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Google.Rpc;
using Grpc.Core;
using Shouldly;
using static Envoy.Service.Discovery.V3.AggregatedDiscoveryService;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>An incremental ADS stream seen from the client.</summary>
internal sealed class DeltaCall(AggregatedDiscoveryServiceClient client, Node node) : IDisposable
{
    private readonly AsyncDuplexStreamingCall<DeltaDiscoveryRequest, DeltaDiscoveryResponse> _call =
        client.DeltaAggregatedResources();

    private bool _hasNode;

    public Task SubscribeAsync(XdsType type, params string[] names) =>
        SendAsync(new DeltaDiscoveryRequest { TypeUrl = type.TypeUrl(), ResourceNamesSubscribe = { names } });

    public Task ReconnectAsync(XdsType type, string[] names, IDictionary<string, string> versions) =>
        SendAsync(new DeltaDiscoveryRequest
        {
            TypeUrl = type.TypeUrl(), ResourceNamesSubscribe = { names }, InitialResourceVersions = { versions },
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
        await _call.RequestStream.WriteAsync(request);
    }

    public async Task<DeltaDiscoveryResponse> GetAsync(XdsType type)
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await _call.ResponseStream.MoveNext(cancel.Token)).ShouldBeTrue("a response, not the end of the stream");
        _call.ResponseStream.Current.TypeUrl.ShouldBe(type.TypeUrl());
        return _call.ResponseStream.Current;
    }

    public void Dispose() => _call.Dispose();
}
