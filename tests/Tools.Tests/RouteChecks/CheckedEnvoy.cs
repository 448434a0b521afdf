using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Translation.RouteCheck;
using Stagedoor.Xds.EnvoyApi;
using Bootstrap = Envoy.Config.Bootstrap.V3.Bootstrap;
using Cluster = Envoy.Config.Cluster.V3.Cluster;
using Listener = Envoy.Config.Listener.V3.Listener;

namespace Stagedoor.Tools.Tests.RouteChecks;

/// <summary>A real Envoy with one listener for each connection manager that is to be compared.</summary>
internal sealed class CheckedEnvoy : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private CheckedEnvoy(string executable, string config)
    {
        var file = _folder.Write("envoy.json", config);
        _process = Process.Start(new ProcessStartInfo(
            executable,
            [
                "-c", file, "--disable-hot-restart", "--concurrency", "1", "-l", "error", "--admin-address-path",
                _folder.At("admin"), "--log-path", _folder.At("log"),
            ]))!;
    }

    /// <summary>Where the connection managers listen, in their order.</summary>
    internal IReadOnlyList<IPEndPoint> Ports { get; private set; } = [];

    internal static async Task<CheckedEnvoy> StartAsync(
        string executable, IReadOnlyList<CheckedChain> chains, IReadOnlyDictionary<string, IPEndPoint> clusters,
        CancellationToken stop)
    {
        var bootstrap = new Bootstrap
        {
            Node = new() { Id = "route-check", Cluster = "route-check" },
            Admin = new() { Address = Address(new IPEndPoint(IPAddress.Loopback, 0)) },
            StaticResources = new(),
        };
        for (var i = 0; i < chains.Count; i++) bootstrap.StaticResources.Listeners.Add(ListenerOf(chains[i], i));
        foreach (var (name, server) in clusters) bootstrap.StaticResources.Clusters.Add(ClusterOf(name, server));
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry));
        var envoy = new CheckedEnvoy(executable, formatter.Format(bootstrap));
        try
        {
            await envoy.ReadyAsync(chains.Count, stop);
            return envoy;
        }
        catch
        {
            await envoy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task ReadyAsync(int listeners, CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = Patience };
        for (var waiting = Stopwatch.StartNew(); waiting.Elapsed < Patience;)
        {
            if (_process.HasExited)
                throw new IOException("Envoy ended: " + await File.ReadAllTextAsync(_folder.At("log"), stop));
            if (await PortsAsync(client, stop) is { } ports && ports.Count == listeners)
            {
                Ports = ports;
                return;
            }

            await Task.Delay(50, stop);
        }

        throw new TimeoutException("Envoy does not listen");
    }

    private async Task<List<IPEndPoint>?> PortsAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            var admin = (await File.ReadAllTextAsync(_folder.At("admin"), stop)).Trim();
            var text = await client.GetStringAsync(new Uri($"http://{admin}/listeners?format=json"), stop);
            return
            [
                .. JsonNode.Parse(text)!["listener_statuses"]!.AsArray()
                    .Select(status => (
                        Name: (string)status!["name"]!,
                        Port: (int)status["local_address"]!["socket_address"]!["port_value"]!))
                    .OrderBy(status => status.Name, StringComparer.Ordinal)
                    .Select(status => new IPEndPoint(IPAddress.Loopback, status.Port)),
            ];
        }
        catch (Exception e) when (e is IOException or HttpRequestException or NullReferenceException)
        {
            return null;
        }
    }

    private static Listener ListenerOf(CheckedChain chain, int index)
    {
        var manager = chain.Manager.Clone();
        manager.RouteConfig = chain.Routes.Clone();
        var copy = chain.Chain.Clone();
        copy.Filters[^1].TypedConfig = Any.Pack(manager);
        return new Listener
        {
            Name = $"l{index:0000}",
            Address = Address(new IPEndPoint(IPAddress.Loopback, 0)),
            FilterChains = { copy },
        };
    }

    private static Cluster ClusterOf(string name, IPEndPoint server) => new()
    {
        Name = name,
        ConnectTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
        LoadAssignment = new()
        {
            ClusterName = name,
            Endpoints = { new Envoy.Config.Endpoint.V3.LocalityLbEndpoints
            {
                LbEndpoints = { new Envoy.Config.Endpoint.V3.LbEndpoint
                {
                    Endpoint = new() { Address = Address(server) },
                } },
            } },
        },
    };

    private static Envoy.Config.Core.V3.Address Address(IPEndPoint at) => new()
    {
        SocketAddress = new() { Address = at.Address.ToString(), PortValue = (uint)at.Port },
    };
}
