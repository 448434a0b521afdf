using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Stagedoor.Bench.Ads;

namespace Stagedoor.Bench.Servers;

/// <summary>
/// The least that a server on the same stack can do: it knows no configuration, only answers the first request of
/// each type with bytes prepared before, and pushes bytes prepared before to every stream. What remains is the floor.
/// </summary>
internal sealed class PreparedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly State _state;

    private PreparedServer(WebApplication app, State state)
    {
        _app = app;
        _state = state;
    }

    /// <summary><c>host:port</c> to connect to.</summary>
    public string Target => new Uri(_app.Urls.First()).Authority;

    /// <summary>Starts it with the answers to first requests, by type URL.</summary>
    public static async Task<PreparedServer> StartAsync(IReadOnlyDictionary<string, byte[]> first)
    {
        var state = new State(first);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(state);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new PreparedServer(app, state);
    }

    /// <summary>Pushes one response to every stream.</summary>
    public void Push(byte[] response)
    {
        foreach (var stream in _state.Streams.Keys) stream.Writer.TryWrite(response);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _state.Streams.Keys) stream.Writer.TryComplete();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(deadline.Token);
        await _app.DisposeAsync();
    }

    internal sealed record State(IReadOnlyDictionary<string, byte[]> First)
    {
        public ConcurrentDictionary<Channel<byte[]>, bool> Streams { get; } = new();
    }

    internal sealed class Service(State state) : ServiceBase
    {
        public override async Task StreamAggregatedResources(
            IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> responses, ServerCallContext context)
        {
            var outgoing = Channel.CreateBounded<byte[]>(1024);
            state.Streams[outgoing] = true;
            var reading = Read(requests, outgoing.Writer, context.CancellationToken);
            try
            {
                await foreach (var response in outgoing.Reader.ReadAllAsync(context.CancellationToken))
                    await responses.WriteAsync(response, context.CancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
            }
            finally
            {
                state.Streams.TryRemove(outgoing, out _);
            }

            await reading;
        }

        private async Task Read(
            IAsyncStreamReader<byte[]> requests, ChannelWriter<byte[]> outgoing, CancellationToken ct)
        {
            var answered = new HashSet<string>();
            try
            {
                await foreach (var message in requests.ReadAllAsync(ct))
                {
                    var request = Envoy.Service.Discovery.V3.DiscoveryRequest.Parser.ParseFrom(message);
                    if (answered.Add(request.TypeUrl) && state.First.TryGetValue(request.TypeUrl, out var response))
                        await outgoing.WriteAsync(response, ct);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ChannelClosedException)
            {
            }
        }
    }

    /// <summary>gRPC binds the overridden methods of a base class, as its generated ones have it.</summary>
    [BindServiceMethod(typeof(Binder), nameof(Binder.Bind))]
    internal abstract class ServiceBase
    {
        public abstract Task StreamAggregatedResources(
            IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> responses, ServerCallContext context);
    }

    internal static class Binder
    {
        public static void Bind(ServiceBinderBase binder, ServiceBase? service)
        {
            DuplexStreamingServerMethod<byte[], byte[]>? method =
                service is null ? null : service.StreamAggregatedResources;
            binder.AddMethod(RawMethods.StateOfTheWorld, method);
        }
    }
}
