using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Envoy.Service.Discovery.V3;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Xds.Server.Rest;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>The xDS server on a loopback port that the system chose, with snapshots from the test's hand.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly string _scheme;

    private TestServer(
        WebApplication app, string scheme, TestDirectory directory, TestReporter reporter, TestLog log, int[] ports)
    {
        (_app, _scheme, Directory, Reporter, Log, Port, RestPort) =
            (app, scheme, directory, reporter, log, ports[0], ports[1]);
    }

    public TestDirectory Directory { get; }

    public TestReporter Reporter { get; }

    public TestLog Log { get; }

    public int Port { get; }

    public int RestPort { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<TestServer> StartAsync(Action<XdsServerOptions>? configure = null)
    {
        var options = new XdsServerOptions();
        configure?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        var log = new TestLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureXdsKestrel(new IPEndPoint(IPAddress.Loopback, 0), options);
            kestrel.ConfigureRestXdsKestrel(new IPEndPoint(IPAddress.Loopback, 0), options);
        });
        var directory = new TestDirectory();
        var reporter = new TestReporter();
        builder.Services.AddSingleton<ISnapshotDirectory>(directory);
        builder.Services.AddSingleton<INodeReporter>(reporter);
        builder.Services.AddXdsServer(configure);
        var app = builder.Build();
        app.MapWhen(RestConnection.Carries, rest => rest.UseRouting().UseEndpoints(at => at.MapRestXds()));
        app.UseRouting().UseEndpoints(at => at.MapXds());
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new TestServer(
            app, options.Tls is null ? "http" : "https", directory, reporter, log,
            [.. addresses.Select(address => new Uri(address).Port)]);
    }

    public GrpcChannel Connect(X509Certificate2? certificate = null) => GrpcChannel.ForAddress(
        $"{_scheme}://127.0.0.1:{Port}",
        new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
            HttpHandler = Handler(certificate),
            DisposeHttpClient = true,
        });

    /// <summary>A client of one port, for requests by hand.</summary>
    public HttpClient Http(int port, X509Certificate2? certificate = null) =>
        new(Handler(certificate)) { BaseAddress = new Uri($"{_scheme}://127.0.0.1:{port}") };

    public AggregatedDiscoveryService.AggregatedDiscoveryServiceClient Client() => new(Connect());

    public HttpClient Rest(X509Certificate2? certificate = null) => Http(RestPort, certificate);

    public SnapshotCell Cell(string proxy = "ns~p") => Directory.Cell(proxy);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static SocketsHttpHandler Handler(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        // The tests look at what the server demands of its clients.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, server, _, _) => server is not null;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext =
                SslStreamCertificateContext.Create(certificate, [], offline: true);
        }

        return handler;
    }
}

/// <summary>Cells by proxy, and how many leases are held.</summary>
internal sealed class TestDirectory : ISnapshotDirectory
{
    private readonly ConcurrentDictionary<string, SnapshotCell> _cells = new();
    private int _leases;
    private int _opened;

    /// <summary>How many leases were ever taken.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public int Leases => Volatile.Read(ref _leases);

    public SnapshotCell Cell(string proxy) => _cells.GetOrAdd(proxy, _ => new SnapshotCell());

    public SnapshotLease Open(string proxy)
    {
        Interlocked.Increment(ref _leases);
        Interlocked.Increment(ref _opened);
        return new SnapshotLease(Cell(proxy), () => Interlocked.Decrement(ref _leases));
    }
}

/// <summary>Keeps the reports; a test waits for the one it wants.</summary>
internal sealed class TestReporter : INodeReporter
{
    private readonly Lock _gate = new();
    private readonly List<NodeReport> _reports = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Report(NodeReport report)
    {
        TaskCompletionSource more;
        lock (_gate)
        {
            _reports.Add(report);
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    public async Task<NodeReport> WaitFor(Predicate<NodeReport> wanted)
    {
        var deadline = Task.Delay(TimeSpan.FromSeconds(20));
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_reports.Find(wanted) is { } found) return found;
                more = _more.Task;
            }

            if (await Task.WhenAny(more, deadline) == deadline) throw new TimeoutException("no such report came");
        }
    }
}
