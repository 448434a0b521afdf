using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Stagedoor.Bench.Ads;

/// <summary>A client that does what no client should, until disposal.</summary>
internal sealed class BadClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private BadClient(Func<CancellationToken, Task> run) => _running = Task.Run(() => run(_stop.Token));

    /// <summary>Rejects every response.</summary>
    public static BadClient Rejecting(string target, string id) => new(async stop =>
    {
        using var channel = Channel(target);
        using var call = Call(channel, stop);
        await call.RequestStream.WriteAsync(First(id), stop);
        await foreach (var message in call.ResponseStream.ReadAllAsync(stop))
        {
            var header = ResponseHeader.Read(message);
            await call.RequestStream.WriteAsync(
                new DeltaDiscoveryRequest
                {
                    TypeUrl = header.TypeUrl,
                    ResponseNonce = header.Nonce,
                    ErrorDetail = new Google.Rpc.Status { Code = 13, Message = "never" },
                }.ToByteArray(),
                stop);
        }
    });

    /// <summary>Subscribes and reads nothing.</summary>
    public static BadClient Deaf(string target, string id) => new(async stop =>
    {
        using var channel = Channel(target);
        using var call = Call(channel, stop);
        await call.RequestStream.WriteAsync(First(id), stop);
        await Task.Delay(Timeout.Infinite, stop);
    });

    /// <summary>Connects ten times a second.</summary>
    public static BadClient Restless(string target, string id) => new(async stop =>
    {
        while (!stop.IsCancellationRequested)
        {
            using var channel = Channel(target);
            using var call = Call(channel, stop);
            await call.RequestStream.WriteAsync(First(id), stop);
            await Task.Delay(100, stop);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
        }

        _stop.Dispose();
    }

    private static GrpcChannel Channel(string target) => GrpcChannel.ForAddress(
        $"http://{target}",
        new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            HttpHandler = new SocketsHttpHandler(),
            DisposeHttpClient = true,
        });

    private static AsyncDuplexStreamingCall<byte[], byte[]> Call(GrpcChannel channel, CancellationToken stop) =>
        channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            RawMethods.Delta, null, new CallOptions(cancellationToken: stop));

    private static byte[] First(string id)
    {
        var node = new Node { Id = id, Cluster = "bench", Metadata = new Struct() };
        node.Metadata.Fields["role"] = Value.ForString(Load.Workspace.Role);
        return new DeltaDiscoveryRequest { TypeUrl = AdsClient.Clusters, Node = node }.ToByteArray();
    }
}
