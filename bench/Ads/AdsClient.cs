using System.Diagnostics;
using Envoy.Config.Core.V3;
using Envoy.Config.Listener.V3;
using Envoy.Extensions.Filters.Network.HttpConnectionManager.V3;
using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Stagedoor.Bench.Ads;

/// <summary>
/// One client with a connection of its own, as each Envoy has. It subscribes to clusters and listeners, follows
/// listeners to their route configurations, acknowledges everything and tells of each response.
/// </summary>
internal sealed class AdsClient : IAsyncDisposable
{
    private const string Prefix = "type.googleapis.com/";
    public const string Clusters = Prefix + "envoy.config.cluster.v3.Cluster";
    public const string Listeners = Prefix + "envoy.config.listener.v3.Listener";
    public const string Routes = Prefix + "envoy.config.route.v3.RouteConfiguration";

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<byte[], byte[]> _call;
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _delta;
    private readonly Node _node;
    private readonly HashSet<string> _routeNames = [];
    private Task _reading = Task.CompletedTask;

    private AdsClient(string target, string role, string nodeId, bool delta)
    {
        _delta = delta;
        _channel = GrpcChannel.ForAddress($"http://{target}", new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            HttpHandler = new SocketsHttpHandler { InitialHttp2StreamWindowSize = 16 * 1024 * 1024 },
        });
        _call = _channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            delta ? RawMethods.Delta : RawMethods.StateOfTheWorld,
            null,
            new CallOptions(cancellationToken: _stop.Token));
        _node = new Node { Id = nodeId, Cluster = "bench", Metadata = new Struct() };
        _node.Metadata.Fields["role"] = Value.ForString(role);
    }

    /// <summary>Called on the reading loop with each response and the time it was complete.</summary>
    public Action<ResponseHeader, byte[], long>? Received { get; set; }

    /// <summary>Bytes of all responses so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Responses so far.</summary>
    public int Messages { get; private set; }

    /// <summary>Opens the stream and subscribes; responses come until disposal.</summary>
    public static async Task<AdsClient> StartAsync(
        string target, string role, string nodeId, bool delta, Action<ResponseHeader, byte[], long>? received)
    {
        var client = new AdsClient(target, role, nodeId, delta) { Received = received };
        await client.Subscribe(Clusters, first: true);
        await client.Subscribe(Listeners, first: false);
        client._reading = Task.Run(client.Read);
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

    private async Task Read()
    {
        try
        {
            await foreach (var message in _call.ResponseStream.ReadAllAsync(_stop.Token))
            {
                var at = Stopwatch.GetTimestamp();
                var header = ResponseHeader.Read(message);
                Bytes += message.Length;
                Messages++;
                Received?.Invoke(header, message, at);
                await Acknowledge(header);
                if (header.TypeUrl == Listeners) await FollowRoutes(message);
            }
        }
        catch (RpcException) when (_stop.IsCancellationRequested)
        {
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Task Subscribe(string typeUrl, bool first)
    {
        var node = first ? _node : null;
        return _call.RequestStream.WriteAsync(_delta
            ? new DeltaDiscoveryRequest { TypeUrl = typeUrl, Node = node }.ToByteArray()
            : new DiscoveryRequest { TypeUrl = typeUrl, Node = node }.ToByteArray());
    }

    private Task Acknowledge(ResponseHeader header)
    {
        if (_delta)
        {
            return _call.RequestStream.WriteAsync(
                new DeltaDiscoveryRequest { TypeUrl = header.TypeUrl, ResponseNonce = header.Nonce }.ToByteArray());
        }

        var request = new DiscoveryRequest
        {
            TypeUrl = header.TypeUrl,
            ResponseNonce = header.Nonce,
            VersionInfo = header.Version,
        };
        if (header.TypeUrl == Routes) request.ResourceNames.AddRange(_routeNames);
        return _call.RequestStream.WriteAsync(request.ToByteArray());
    }

    private async Task FollowRoutes(byte[] message)
    {
        var resources = _delta
            ? DeltaDiscoveryResponse.Parser.ParseFrom(message).Resources.Select(resource => resource.Resource_)
            : DiscoveryResponse.Parser.ParseFrom(message).Resources;
        var added = resources.SelectMany(any => RouteNames(any.Unpack<Listener>())).Where(_routeNames.Add).ToArray();
        if (added.Length == 0) return;
        if (_delta)
        {
            var request = new DeltaDiscoveryRequest { TypeUrl = Routes };
            request.ResourceNamesSubscribe.AddRange(added);
            await _call.RequestStream.WriteAsync(request.ToByteArray());
        }
        else
        {
            var request = new DiscoveryRequest { TypeUrl = Routes };
            request.ResourceNames.AddRange(_routeNames);
            await _call.RequestStream.WriteAsync(request.ToByteArray());
        }
    }

    private static IEnumerable<string> RouteNames(Listener listener) =>
        listener.FilterChains
            .SelectMany(chain => chain.Filters)
            .Where(filter => filter.TypedConfig?.Is(HttpConnectionManager.Descriptor) == true)
            .Select(filter => filter.TypedConfig.Unpack<HttpConnectionManager>())
            .Where(manager => manager.Rds is not null)
            .Select(manager => manager.Rds.RouteConfigName);
}
