using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Xds.Acceptance.Wire;
using Stagedoor.Xds.Server;
using Stagedoor.Xds.Server.Rest;

namespace Stagedoor.Xds.Acceptance.Serving;

/// <summary>The xDS server in this process, with a tap on its streams.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    /// <summary>How long removed clusters stay; the default would only make the tests slow.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly WebApplication _app;

    private ControlPlane(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        (Port, RestPort) = (new Uri(addresses.First()).Port, new Uri(addresses.Last()).Port);
    }

    public int Port { get; }

    public int RestPort { get; }

    public static async Task<ControlPlane> StartAsync(ISnapshotDirectory directory, INodeReporter reports, WireTap tap)
    {
        var options = new XdsServerOptions();
        Configure(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureXdsKestrel(new IPEndPoint(IPAddress.Loopback, 0), options);
            kestrel.ConfigureRestXdsKestrel(new IPEndPoint(IPAddress.Loopback, 0), options);
        });
        builder.Services.AddSingleton(directory);
        builder.Services.AddSingleton(reports);
        builder.Services.AddSingleton(tap);
        builder.Services.AddXdsServer(Configure);
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<TapInterceptor>());
        var app = builder.Build();
        app.MapWhen(RestConnection.Carries, rest => rest.UseRouting().UseEndpoints(at => at.MapRestXds()));
        app.Use((http, next) => TapMiddleware.InvokeAsync(tap, http, next));
        app.MapXds();
        await app.StartAsync();
        return new ControlPlane(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(XdsServerOptions options)
    {
        options.ReportInterval = TimeSpan.FromMilliseconds(20);
        options.StopSpread = TimeSpan.Zero;
        options.Session = options.Session with { RemovalLinger = Linger };
    }
}
