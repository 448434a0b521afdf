using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>The servers behind an Envoy: an echo, an authorisation server over HTTP, and gRPC services.</summary>
internal sealed class Backends : IAsyncDisposable
{
    private static readonly TimeSpan WebSocketDeadline = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _hits = new();

    private Backends(WebApplication app) => _app = app;

    /// <summary>Speaks HTTP/1.</summary>
    public int HttpPort { get; private set; }

    /// <summary>Speaks HTTP/2 without TLS.</summary>
    public int GrpcPort { get; private set; }

    /// <summary>Starts all of them.</summary>
    public static async Task<Backends> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, options => options.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, options => options.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var backends = new Backends(app);
        app.UseWebSockets();
        app.MapGrpcService<GrpcAuthServer>();
        app.MapGrpcService<LimitServer>();
        app.MapGrpcService<ProcessingServer>();
        app.Map("/websocket", WebSocketAsync);
        app.Map("/check/{**path}", HttpAuth);
        app.MapFallback(backends.EchoAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port).ToArray();
        (backends.HttpPort, backends.GrpcPort) = (addresses[0], addresses[1]);
        return backends;
    }

    /// <summary>How many requests the echo had for a host and path.</summary>
    public int Hits(string host, string path) => _hits.GetValueOrDefault(host + path);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // What it received, or what the request wants: headers x-reply-*, or a body.
    private async Task EchoAsync(HttpContext context)
    {
        var request = context.Request;
        _hits.AddOrUpdate($"{request.Host.Value}{request.Path}", 1, (_, count) => count + 1);
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var headers = request.Headers.ToDictionary(
            header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        foreach (var (name, value) in request.Headers)
        {
            if (name.StartsWith("x-reply-header-", StringComparison.OrdinalIgnoreCase))
                context.Response.Headers[name["x-reply-header-".Length..]] = value;
        }

        if (headers.TryGetValue("x-reply-status", out var status))
            context.Response.StatusCode = int.Parse(status, CultureInfo.InvariantCulture);
        context.Response.ContentType = headers.GetValueOrDefault("x-reply-type", "application/json");
        await context.Response.WriteAsync(headers.GetValueOrDefault("x-reply-body") ?? JsonSerializer.Serialize(new
        {
            method = request.Method,
            path = request.Path + request.QueryString,
            host = request.Host.Value,
            headers,
            body,
        }));
    }

    // Lets pass who sends x-user, and says who it is.
    private static IResult HttpAuth(HttpContext context)
    {
        context.Response.Headers["x-auth-path"] = context.Request.Path.Value;
        if (!context.Request.Headers.TryGetValue("x-user", out var user))
            return Results.Text("who are you?", statusCode: 401);
        context.Response.Headers["x-auth-user"] = user;
        context.Response.Headers["x-auth-added"] = context.Request.Headers["x-added"];
        return Results.Ok();
    }

    private static async Task WebSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var deadline = new CancellationTokenSource(WebSocketDeadline);
        var buffer = new byte[1024];
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, deadline.Token);
            if (message.CloseStatus is not null) break;
            await socket.SendAsync(
                buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, deadline.Token);
        }

        await socket.CloseAsync(
            System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, deadline.Token);
    }
}
