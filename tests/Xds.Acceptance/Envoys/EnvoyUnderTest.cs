using System.Globalization;
using Stagedoor.Acceptance.Harness;

namespace Stagedoor.Xds.Acceptance.Envoys;

/// <summary>An Envoy of the test.</summary>
internal sealed class EnvoyUnderTest : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _admin;

    private EnvoyUnderTest(ChildProcess process, TemporaryFolder folder, HttpClient admin) =>
        (_process, _folder, _admin) = (process, folder, admin);

    public string Log => _process.Log;

    /// <summary>Starts it; returns when its admin listener answers.</summary>
    public static async Task<EnvoyUnderTest> StartAsync(string version, string bootstrap)
    {
        var executable = await EnvoyVersions.ExecutableAsync(version);
        var folder = new TemporaryFolder();
        var process = ChildProcess.Start(
            $"Envoy {version}", executable,
            "-c", folder.Write("bootstrap.yaml", bootstrap), "--admin-address-path", folder["admin"],
            "--disable-hot-restart", "--concurrency", "1", "--drain-time-s", "2", "--drain-strategy", "immediate",
            "-l", "warn");
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
                Timeout = TimeSpan.FromSeconds(10),
            };
            return new EnvoyUnderTest(process, folder, admin);
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Waits until it has its first whole configuration.</summary>
    public Task UntilReadyAsync(TimeSpan? patience = null) => Wait.UntilAsync("Envoy to be ready", async () =>
    {
        _process.MustRun();
        using var answer = await _admin.GetAsync(new Uri("/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }, patience);

    public void MustRun() => _process.MustRun();

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

    /// <summary>A page of the admin listener.</summary>
    public Task<string> AdminAsync(string path) => _admin.GetStringAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _admin.Dispose();
        if (Directory.Exists(_folder.Path)) _folder.Dispose();
    }
}
