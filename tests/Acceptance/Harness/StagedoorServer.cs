using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Acceptance.Harness;

/// <summary><c>stagedoor serve</c> as a process of its own. Its ports and data outlive a restart.</summary>
internal sealed class StagedoorServer : IAsyncDisposable
{
    private readonly string _config;
    private readonly string _data;
    private ChildProcess? _process;

    /// <param name="config">The folder to serve.</param>
    /// <param name="data">Where its data is.</param>
    /// <param name="xdsPort">Where it serves xDS; null: a port of the test's choice, 0: one of its own.</param>
    public StagedoorServer(string config, string data, int? xdsPort = null) =>
        (_config, _data, XdsPort) = (config, data, xdsPort ?? Ports.Take());

    /// <summary>Where it was told to serve xDS.</summary>
    public int XdsPort { get; }

    /// <summary>Where its admin API answers.</summary>
    public int AdminPort { get; } = Ports.Take();

    /// <summary>Its process id.</summary>
    public int Id => Process.Id;

    /// <summary>What it printed since its last start.</summary>
    public string Log => Process.Log;

    private ChildProcess Process => _process ?? throw new InvalidOperationException("not started");

    /// <summary>Starts it; returns at once.</summary>
    public void Start(params IEnumerable<string> more) => _process = ChildProcess.Start(
        "stagedoor serve", StagedoorProgram.Path,
        [
            "serve", "--config", _config, "--data", _data,
            "--xds-port", Text(XdsPort), "--admin-port", Text(AdminPort), "--rest-port", "0", "--validation-port", "0",
            "--proxy-debug-port", "0", .. more,
        ]);

    /// <summary>Fails with its log when it has ended.</summary>
    public void MustRun() => Process.MustRun();

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>SIGTERM, and its exit code.</summary>
    public Task<int> TerminateAsync() => Process.TerminateAsync();

    /// <summary>The exit code that it ends with by itself.</summary>
    public Task<int> ExitAsync() => Process.ExitAsync();

    /// <summary>What <c>stagedoor get KIND -o json</c> prints.</summary>
    public async Task<JsonElement> GetAsync(string kind)
    {
        var result = await StagedoorProgram.RunAsync("get", kind, "--admin", $"127.0.0.1:{AdminPort}", "-o", "json");
        if (result.ExitCode != 0)
            throw new IOException($"stagedoor get {kind}: {result.Errors}");
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    /// <summary>Everything that the server has to say about its inputs, as text.</summary>
    public async Task<string> DiagnosticsAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{AdminPort}/api/v1/diagnostics"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
