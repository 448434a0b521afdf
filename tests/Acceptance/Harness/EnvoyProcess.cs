using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Acceptance.Harness;

/// <summary>An Envoy of one test, started on what <c>stagedoor bootstrap</c> prints.</summary>
internal sealed class EnvoyProcess : IAsyncDisposable
{
    // Merged over the bootstrap. The port is chosen by Envoy and read from a file.
    private const string AnyAdminPort =
        "admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}";

    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _admin;

    private EnvoyProcess(ChildProcess process, TemporaryFolder folder, HttpClient admin) =>
        (_process, _folder, _admin) = (process, folder, admin);

    /// <summary>Starts an Envoy and returns as soon as its admin listener answers.</summary>
    /// <param name="version">Which.</param>
    /// <param name="xdsPort">Where its server is.</param>
    /// <param name="node">Its node id.</param>
    /// <param name="more">YAML that its bootstrap gets besides.</param>
    /// <param name="role">Whose configuration it gets.</param>
    public static async Task<EnvoyProcess> StartAsync(
        string version, int xdsPort, string node, string more = "", string role = Petstore.Role)
    {
        var executable = await EnvoyVersions.ExecutableAsync(version);
        var bootstrap = await StagedoorProgram.RunAsync(
            "bootstrap", "--role", role, "--node-id", node, "--xds", $"127.0.0.1:{xdsPort}",
            "--admin-port", "0", "--stats-port", "0", "--readiness-port", "0");
        if (bootstrap.ExitCode != 0)
            throw new InvalidOperationException($"stagedoor bootstrap: {bootstrap.Errors}");

        var folder = new TemporaryFolder();
        var process = ChildProcess.Start(
            $"Envoy {version}", executable,
            "-c", folder.Write("bootstrap.yaml", bootstrap.Output), "--config-yaml", $"{AnyAdminPort}\n{more}",
            "--admin-address-path", folder["admin"], "--disable-hot-restart", "--concurrency", "1",
            "--drain-time-s", "2", "--drain-strategy", "immediate", "-l", "warn");
        try
        {
            var address = await Wait.ForAsync("Envoy's admin address", async () =>
            {
                process.MustRun();
                return File.Exists(folder["admin"])
                    && await File.ReadAllTextAsync(folder["admin"]) is { Length: > 0 } text
                    ? text
                    : null;
            });
            var admin = new HttpClient
            {
                BaseAddress = new Uri($"http://{address}"),
                Timeout = TimeSpan.FromSeconds(5),
            };
            return new EnvoyProcess(process, folder, admin);
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>What it said since its start.</summary>
    public string Log => _process.Log;

    /// <summary>Waits until it has its first whole configuration.</summary>
    public Task UntilReadyAsync() => Wait.UntilAsync("Envoy to be ready", async () =>
    {
        _process.MustRun();
        using var answer = await _admin.GetAsync(new Uri("/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    });

    /// <summary>The counters and gauges whose names match a regular expression.</summary>
    public async Task<IReadOnlyDictionary<string, long>> StatsAsync(string filter)
    {
        var text = await _admin.GetStringAsync(
            new Uri($"/stats?filter={Uri.EscapeDataString(filter)}", UriKind.Relative));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .Where(pair => pair.Length == 2 && long.TryParse(pair[1], NumberStyles.None, null, out _))
            .ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The configurations of <c>/config_dump</c>, endpoints included.</summary>
    public async Task<JsonElement> ConfigDumpAsync()
    {
        await using var stream = await _admin.GetStreamAsync(new Uri("/config_dump?include_eds", UriKind.Relative));
        using var document = await JsonDocument.ParseAsync(stream);
        return document.RootElement.GetProperty("configs").Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _admin.Dispose();
        if (Directory.Exists(_folder.Path))
            _folder.Dispose();
    }
}
