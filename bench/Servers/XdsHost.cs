using System.Net;
using Stagedoor.Xds;
using Stagedoor.Xds.Server;

namespace Stagedoor.Bench.Servers;

/// <summary>
/// The xDS server alone, in this process, as the floor's server is: its snapshots come from the benchmark, complete.
/// </summary>
internal sealed class XdsHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _seq;

    private XdsHost(WebApplication app, SnapshotCell cell) => (_app, Cell) = (app, cell);

    /// <summary><c>host:port</c> to connect to.</summary>
    public string Target => new Uri(_app.Urls.First()).Authority;

    /// <summary>What all clients get.</summary>
    public SnapshotCell Cell { get; }

    /// <summary>Starts it with these resources.</summary>
    public static async Task<XdsHost> StartAsync(IEnumerable<EncodedResource> resources)
    {
        var cell = new SnapshotCell();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ISnapshotDirectory>(new OneCell(cell));
        builder.Services.AddSingleton<INodeReporter>(new Nobody());
        var options = new XdsServerOptions();
        builder.Services.AddXdsServer();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.ConfigureXdsKestrel(new IPEndPoint(IPAddress.Loopback, 0), options));
        var app = builder.Build();
        app.MapXds();
        await app.StartAsync();
        var host = new XdsHost(app, cell);
        cell.Publish(Snapshots.Of(Load.Workspace.Role, new Generation(1, ++host._seq), resources));
        return host;
    }

    /// <summary>Swaps in a snapshot in which one resource is another.</summary>
    public void Publish(EncodedResource changed) =>
        Cell.Publish(Snapshots.Next(Cell.Current!, new Generation(1, ++_seq), [changed]));

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(deadline.Token);
        await _app.DisposeAsync();
    }

    private sealed class OneCell(SnapshotCell cell) : ISnapshotDirectory
    {
        public SnapshotLease Open(string proxy) => new(cell, static () => { });
    }

    private sealed class Nobody : INodeReporter
    {
        public void Report(NodeReport report)
        {
        }
    }
}
