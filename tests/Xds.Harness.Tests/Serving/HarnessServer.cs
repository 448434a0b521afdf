using System.Diagnostics.Metrics;
using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Xds.Server;
using Stagedoor.Xds.Server.Rest;

namespace Stagedoor.Xds.Harness.Serving;

/// <summary>The xDS server on a port that the system chose; its snapshots come from the scenario.</summary>
internal sealed class HarnessServer : IAsyncDisposable
{
    /// <summary>The proxy that all scenarios are about.</summary>
    public const string Proxy = "harness~proxy";

    private readonly WebApplication _app;
    private readonly MeterListener _meters = new();
    private readonly SingleDirectory _directory;
    private long _answers;

    private HarnessServer(WebApplication app, SingleDirectory directory, KeptReports reports)
    {
        (_app, _directory, Reports) = (app, directory, reports);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        (Address, RestAddress) = (new Uri(address.First()), new Uri(address.Last()));
        var scope = app.Services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == scope && instrument.Name is "xds.acks" or "xds.nacks")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, count, _, _) =>
        {
            if (instrument.Meter.Scope == scope) Interlocked.Add(ref _answers, count);
        });
        _meters.Start();
    }

    public Uri Address { get; }

    public Uri RestAddress { get; }

    public KeptReports Reports { get; }

    /// <summary>How many requests with a nonce the server has taken.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    public SnapshotCell Cell => _directory.Cell;

    public static async Task<HarnessServer> StartAsync(Action<XdsServerOptions> configure)
    {
        var options = new XdsServerOptions();
        configure(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureXdsKestrel(new IPEndPoint(IPAddress.Loopback, 0), options);
            kestrel.ConfigureRestXdsKestrel(new IPEndPoint(IPAddress.Loopback, 0), options);
        });
        var directory = new SingleDirectory();
        var reports = new KeptReports();
        builder.Services.AddSingleton<ISnapshotDirectory>(directory);
        builder.Services.AddSingleton<INodeReporter>(reports);
        builder.Services.AddXdsServer(configure);
        var app = builder.Build();
        app.MapWhen(RestConnection.Carries, rest => rest.UseRouting().UseEndpoints(at => at.MapRestXds()));
        app.MapXds();
        await app.StartAsync();
        return new HarnessServer(app, directory, reports);
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(
        Address, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler(), DisposeHttpClient = true });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _meters.Dispose();
    }

    private sealed class SingleDirectory : ISnapshotDirectory
    {
        public SnapshotCell Cell { get; } = new();

        public SnapshotLease Open(string proxy) => new(proxy == Proxy ? Cell : new SnapshotCell(), () => { });
    }
}
