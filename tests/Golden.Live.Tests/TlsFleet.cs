using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Golden.Live.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(TlsFleet))]

namespace Stagedoor.Golden.Live.Tests;

/// <summary>One <see cref="TlsProxy"/> for each version of Envoy, started by the first test that needs it.</summary>
public sealed class TlsFleet : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TlsProxy>>> _proxies = new();

    internal Task<TlsProxy> OfAsync(string version) =>
        _proxies.GetOrAdd(version, v => new Lazy<Task<TlsProxy>>(() => TlsProxy.StartAsync(v))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
            if (proxy.Value.IsCompletedSuccessfully)
                await (await proxy.Value).DisposeAsync();
    }
}

/// <summary>One server with what is in <c>config</c>, one Envoy that it feeds, and the servers behind it.</summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);
    private StagedoorServer? _server;
    private EnvoyProcess? _envoy;

    /// <summary>A plain server.</summary>
    public RecordingBackend Plain { get; } = new();

    /// <summary>A server with the certificate <c>backend</c> that asks for one.</summary>
    public RecordingBackend Secure { get; } = new(TestSecrets.Certificate("backend"));

    /// <summary>The Envoy.</summary>
    public EnvoyProcess Envoy => _envoy!;

    /// <summary>The file that is logged to.</summary>
    public string AccessLog => _folder["access.log"];

    /// <summary>The port of this name in <c>config</c>.</summary>
    public int Port(string name) =>
        _ports.TryGetValue(name, out var port) ? port : _ports[name] = Ports.Take();

    /// <summary>Starts everything and waits until all listeners are there.</summary>
    public static async Task<TlsProxy> StartAsync(string version)
    {
        await EnvoyVersions.ExecutableAsync(version);
        var proxy = new TlsProxy();
        try
        {
            foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "Golden.Live.Tests", "config")))
                proxy.Save(Path.GetFileName(file), proxy.Own(File.ReadAllText(file)));
            proxy.Save("secrets.yaml", TestSecrets.Yaml);
            proxy._server = new StagedoorServer(proxy._folder["config"], proxy._folder["data"]);
            proxy._server.Start();
            proxy._envoy = await EnvoyProcess.StartAsync(version, proxy._server.XdsPort, "tls");
            await proxy._envoy.UntilReadyAsync();
            await Wait.UntilAsync("all listeners", async () =>
                (await proxy._envoy.StatsAsync(@"^listener_manager\.total_listeners_active$")).Values.Sum()
                    >= proxy._ports.Count);
            return proxy;
        }
        catch (Exception e)
        {
            var log = $"{e.Message}\nserver:\n{proxy._server?.Log}\nEnvoy:\n{proxy._envoy?.Log}";
            await proxy.DisposeAsync();
            throw new InvalidOperationException(log, e);
        }
    }

    /// <summary>Replaces a file of the configuration at once.</summary>
    public void Save(string file, string text)
    {
        var next = _folder.Write("next~", text);
        Directory.CreateDirectory(_folder["config"]);
        File.Move(next, _folder[$"config/{file}"], overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_envoy is not null) await _envoy.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        await Plain.DisposeAsync();
        await Secure.DisposeAsync();
        _folder.Dispose();
    }

    private string Own(string text) => Regex.Replace(text, "@([a-z]+)(?::([a-z0-9-]+))?@", match =>
        match.Groups[1].Value switch
        {
            "port" => Text(Port(match.Groups[2].Value)),
            "plain" => Text(Plain.Port),
            "secure" => Text(Secure.Port),
            "log" => AccessLog,
            var other => throw new InvalidOperationException($"unknown @{other}@"),
        });

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
