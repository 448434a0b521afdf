using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Xds.Acceptance.Backends;

/// <summary>An HTTP server that answers every request with its name, and health checks late if it is told to.</summary>
internal sealed class Backend : IAsyncDisposable
{
    public const string HealthPath = "/health";

    private readonly WebApplication _app;

    private Backend(WebApplication app, string name)
    {
        (_app, Name) = (app, name);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Port = new Uri(addresses.First()).Port;
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>Plain HTTP.</summary>
    public static Task<Backend> StartAsync(string name, TimeSpan healthDelay = default) =>
        StartAsync(name, healthDelay, null);

    /// <summary>TLS, for clients with a certificate of this authority only.</summary>
    public static Task<Backend> StartMutualTlsAsync(string name, Authority authority) =>
        StartAsync(name, default, new HttpsConnectionAdapterOptions
        {
            ServerCertificate = authority.Issue(name).Certificate,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => authority.Issued(certificate),
        });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<Backend> StartAsync(
        string name, TimeSpan healthDelay, HttpsConnectionAdapterOptions? https)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            new IPEndPoint(IPAddress.Loopback, 0), listen =>
            {
                if (https is not null) listen.UseHttps(https);
            }));
        var app = builder.Build();
        app.Run(async http =>
        {
            if (http.Request.Path == HealthPath) await Task.Delay(healthDelay, http.RequestAborted);
            await http.Response.WriteAsync(name);
        });
        await app.StartAsync();
        return new Backend(app, name);
    }
}
