using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Stagedoor.Bench.Servers;

/// <summary>A <c>stagedoor serve</c> process on a folder, with ports chosen by the system; ended by its id.</summary>
internal sealed partial class StagedoorServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly TaskCompletionSource<Match> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();

    private StagedoorServer(Process process) => _process = process;

    /// <summary>Process id.</summary>
    public int Pid => _process.Id;

    /// <summary><c>host:port</c> of xDS.</summary>
    public string Xds { get; private set; } = "";

    /// <summary><c>host:port</c> of the admin API.</summary>
    public string Admin { get; private set; } = "";

    /// <summary>When the process was started.</summary>
    public long StartedAt { get; private set; }

    /// <summary>Starts the server that the repository's build has made; ready when it says where it listens.</summary>
    public static async Task<StagedoorServer> StartAsync(string config, string data)
    {
        var info = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Repository.StagedoorDll, "serve", "--config", config, "--data", data,
                "--xds-port", "0", "--admin-port", "0",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new StagedoorServer(new Process { StartInfo = info });
        server._process.OutputDataReceived += server.OnLine;
        server._process.ErrorDataReceived += server.OnLine;
        server.StartedAt = Stopwatch.GetTimestamp();
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        var ended = server._process.WaitForExitAsync();
        if (await Task.WhenAny(server._listening.Task, ended, Task.Delay(Deadline)) != server._listening.Task)
            throw new InvalidOperationException("stagedoor did not start:\n" + string.Join('\n', server._lastLines));
        var addresses = await server._listening.Task;
        server.Xds = addresses.Groups[1].Value;
        server.Admin = addresses.Groups[2].Value;
        return server;
    }

    /// <summary>The server's account of its start, as JSON.</summary>
    public async Task<string> StartupAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"http://{Admin}/api/v1/startup"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void OnLine(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line.Data);
            if (_lastLines.Count > 40) _lastLines.Dequeue();
        }

        if (Listening().Match(line.Data) is { Success: true } match) _listening.TrySetResult(match);
    }

    [GeneratedRegex(@"listening .*xds=(\S+) .*admin=(\S+)")]
    private static partial Regex Listening();
}
