using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Stagedoor.Host.Commands;

namespace Stagedoor.Host.Echo;

/// <summary>
/// A backend that answers every request with a description of it. A request chooses its answer by the headers
/// <c>x-echo-status</c> (200 to 599) and <c>x-echo-delay-ms</c> (at most 60,000).
/// </summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private const int MaxDelay = 60_000;
    private readonly WebApplication _app;

    private EchoServer(WebApplication app, IPEndPoint endPoint)
    {
        _app = app;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts listening.</summary>
    /// <exception cref="CommandException">The address cannot be bound.</exception>
    public static async Task<EchoServer> StartAsync(EchoOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.Port, listen => listen.UseCleartextHttp2());
        });
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, options.Name));
        try
        {
            await app.StartAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new CommandException(
                HostCodes.Port, $"cannot listen on {options.Address}:{options.Port}: {e.Message}", inner: e);
        }

        var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        var port = new Uri(bound.Addresses.Single()).Port;
        return new EchoServer(app, new IPEndPoint(options.Address, port));
    }

    /// <summary>Ends when the process is told to stop or <paramref name="stop"/> is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken stop) => _app.WaitForShutdownAsync(stop);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, string name)
    {
        var answer = await EchoAnswer.OfAsync(context, name).ConfigureAwait(false);
        if (Number(context, "x-echo-delay-ms", 0, MaxDelay) is { } delay)
            await Task.Delay(delay, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = Number(context, "x-echo-status", 200, 599) ?? StatusCodes.Status200OK;
        context.Response.Headers["x-echo-server"] = name;
        if (context.Response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
            or StatusCodes.Status304NotModified) return;
        await context.Response.WriteAsJsonAsync(answer, EchoJson.Default.EchoAnswer).ConfigureAwait(false);
    }

    private static int? Number(HttpContext context, string header, int least, int most) =>
        int.TryParse(context.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : null;
}
