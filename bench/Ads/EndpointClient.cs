using System.Diagnostics;
using Envoy.Config.Core.V3;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Stagedoor.Bench.Ads;

/// <summary>A delta client with a connection of its own that subscribes to assignments by name.</summary>
internal sealed class EndpointClient : IAsyncDisposable
{
    private const string Endpoints = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<byte[], byte[]> _call;
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    private EndpointClient(string target)
    {
        _channel = GrpcChannel.ForAddress(
            $"http://{target}",
            new GrpcChannelOptions { MaxReceiveMessageSize = null, HttpHandler = new SocketsHttpHandler() });
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            RawMethods.Delta, null, new CallOptions(cancellationToken: _stop.Token));
    }

    /// <summary>Responses so far.</summary>
    public int Messages { get; private set; }

    /// <summary>Subscribes and acknowledges until disposal.</summary>
    /// <param name="target"><c>host:port</c>.</param>
    /// <param name="id"><c>node.id</c>.</param>
    /// <param name="names">Names of assignments.</param>
    /// <param name="received">Called on the reading loop with each response and the time it was complete.</param>
    public static async Task<EndpointClient> StartAsync(
        string target, string id, IEnumerable<string> names, Action<byte[], long> received)
    {
        var client = new EndpointClient(target);
        var node = new Node { Id = id, Cluster = "bench", Metadata = new Struct() };
        node.Metadata.Fields["role"] = Value.ForString(Load.Workspace.Role);
        var request = new DeltaDiscoveryRequest { TypeUrl = Endpoints, Node = node };
        request.ResourceNamesSubscribe.AddRange(names);
        await client._call.RequestStream.WriteAsync(request.ToByteArray());
        client._reading = Task.Run(() => client.Read(received));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _call.Dispose();
        _channel.Dispose();
        _stop.Dispose();
    }

    private async Task Read(Action<byte[], long> received)
    {
        try
        {
            await foreach (var message in _call.ResponseStream.ReadAllAsync(_stop.Token))
            {
                received(message, Stopwatch.GetTimestamp());
                Messages++;
                await _call.RequestStream.WriteAsync(new DeltaDiscoveryRequest
                {
                    TypeUrl = Endpoints,
                    ResponseNonce = ResponseHeader.Read(message).Nonce,
                }.ToByteArray());
            }
        }
        catch (Exception e) when ((e is RpcException or OperationCanceledException) && _stop.IsCancellationRequested)
        {
        }
    }
}
