using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Shouldly;
using static Envoy.Service.Discovery.V3.AggregatedDiscoveryService;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>A state-of-the-world stream, aggregated or of one type, seen from the client.</summary>
internal sealed class AdsCall : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AsyncDuplexStreamingCall<DiscoveryRequest, DiscoveryResponse> _call;
    private readonly Node? _node;
    private bool _hasNode;

    public AdsCall(AggregatedDiscoveryServiceClient client, Node? node)
        : this(client.StreamAggregatedResources(), node)
    {
    }

    public AdsCall(AsyncDuplexStreamingCall<DiscoveryRequest, DiscoveryResponse> call, Node? node)
    {
        _node = node;
        _call = call;
    }

    public IClientStreamWriter<DiscoveryRequest> Requests => _call.RequestStream;

    public static Node NodeOf(string id = "node-1", string? role = "ns~p")
    {
        var node = new Node { Id = id, Cluster = "gateway", UserAgentName = "test", UserAgentVersion = "1" };
        if (role is not null) node.Metadata = new Struct { Fields = { ["role"] = Value.ForString(role) } };
        return node;
    }

    public Task AskAsync(XdsType type, params string[] names) =>
        SendAsync(new DiscoveryRequest { TypeUrl = type.TypeUrl(), ResourceNames = { names } });

    public Task AckAsync(DiscoveryResponse response, params string[] names) => SendAsync(new DiscoveryRequest
    {
        TypeUrl = response.TypeUrl,
        VersionInfo = response.VersionInfo,
        ResponseNonce = response.Nonce,
        ResourceNames = { names },
    });

    public Task NackAsync(DiscoveryResponse response, string error, params string[] names) =>
        SendAsync(new DiscoveryRequest
        {
            TypeUrl = response.TypeUrl,
            ResponseNonce = response.Nonce,
            ResourceNames = { names },
            ErrorDetail = new Google.Rpc.Status { Code = (int)Code.Internal, Message = error },
        });

    public async Task SendAsync(DiscoveryRequest request)
    {
        if (!_hasNode) request.Node = _node;
        _hasNode = true;
        await _call.RequestStream.WriteAsync(request);
    }

    public async Task<DiscoveryResponse> GetAsync()
    {
        using var cancel = new CancellationTokenSource(Patience);
        (await _call.ResponseStream.MoveNext(cancel.Token)).ShouldBeTrue("a response, not the end of the stream");
        return _call.ResponseStream.Current;
    }

    public async Task<DiscoveryResponse> GetAsync(XdsType type)
    {
        var response = await GetAsync();
        response.TypeUrl.ShouldBe(type.TypeUrl());
        return response;
    }

    /// <summary>How the stream ends.</summary>
    public async Task<RpcException> GetEndAsync()
    {
        using var cancel = new CancellationTokenSource(Patience);
        return await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await _call.ResponseStream.MoveNext(cancel.Token))
            {
                // Only the end matters.
            }
        });
    }

    /// <summary>The stream ends without another response and without an error.</summary>
    public async Task GetCleanEndAsync()
    {
        using var cancel = new CancellationTokenSource(Patience);
        (await _call.ResponseStream.MoveNext(cancel.Token)).ShouldBeFalse();
    }

    public void Dispose() => _call.Dispose();
}
