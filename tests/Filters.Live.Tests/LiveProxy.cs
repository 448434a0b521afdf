using System.Globalization;
using System.Text.RegularExpressions;
using Envoy.Service.Ratelimit.V3;
using Stagedoor.Acceptance.Harness;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>
/// One server with everything in <c>config</c>, and one Envoy that it feeds. Each file has a Gateway of its own:
/// <c>@port:NAME@</c> stands for a free port, <c>@http@</c> and <c>@grpc@</c> for those of the backends, and
/// <c>@nobody@</c> for a port on which nobody listens, <c>@descriptors@</c> for the proto of the rate limit service.
/// </summary>
internal sealed class LiveProxy : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LiveClient> _clients = new(StringComparer.Ordinal);
    private StagedoorServer? _server;
    private EnvoyProcess? _envoy;

    private LiveProxy(Backends backends) => Backends = backends;

    /// <summary>The servers behind Envoy.</summary>
    public Backends Backends { get; }

    /// <summary>The server that is tested.</summary>
    public StagedoorServer Server => _server!;

    /// <summary>The Envoy.</summary>
    public EnvoyProcess Envoy => _envoy!;

    /// <summary>Starts everything and waits until Envoy has its configuration.</summary>
    public static async Task<LiveProxy> StartAsync(string version)
    {
        await EnvoyVersions.ExecutableAsync(version);
        var proxy = new LiveProxy(await Backends.StartAsync());
        try
        {
            proxy.WriteConfiguration();
            proxy._server = new StagedoorServer(proxy._folder["config"], proxy._folder["data"]);
            proxy._server.Start();
            proxy._envoy = await EnvoyProcess.StartAsync(version, proxy._server.XdsPort, "live");
            await proxy._envoy.UntilReadyAsync();
            await Wait.UntilAsync("all listeners", async () =>
                (await proxy._envoy.StatsAsync(@"^listener_manager\.(total_listeners_active|workers_started)$"))
                    .GetValueOrDefault("listener_manager.total_listeners_active") >= proxy._ports.Count);
            return proxy;
        }
        catch (Exception e)
        {
            var log = $"{e.Message}\nserver:\n{proxy._server?.Log}\nEnvoy:\n{proxy._envoy?.Log}";
            await proxy.DisposeAsync();
            throw new InvalidOperationException(log, e);
        }
    }

    /// <summary>A client of the Gateway whose port has this name.</summary>
    public LiveClient Client(string port)
    {
        lock (_clients)
        {
            if (_clients.TryGetValue(port, out var client)) return client;
            return _clients[port] = new LiveClient(_ports[port]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        if (_envoy is not null) await _envoy.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        await Backends.DisposeAsync();
        _folder.Dispose();
    }

    private void WriteConfiguration()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "Filters.Live.Tests", "config")))
        {
            var text = Regex.Replace(File.ReadAllText(file), "@([a-z]+)(?::([a-z0-9-]+))?@", match =>
                match.Groups[1].Value switch
                {
                    "port" => Text(Port(match.Groups[2].Value)),
                    "http" => Text(Backends.HttpPort),
                    "grpc" => Text(Backends.GrpcPort),
                    "nobody" => Text(Ports.Take()),
                    "descriptors" => Descriptors.Of(RlsReflection.Descriptor),
                    var other => throw new InvalidOperationException($"{file}: unknown @{other}@"),
                });
            _folder.Write($"config/{Path.GetFileName(file)}", text);
        }
    }

    private int Port(string name) =>
        _ports.TryGetValue(name, out var port) ? port : _ports[name] = Ports.Take();

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
