using System.Diagnostics;
using System.Globalization;

namespace Stagedoor.Acceptance.Harness;

/// <summary>A program that runs beside a test and ends with it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int MaxLines = 2_000;
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly string _name;
    private readonly Queue<string> _lines = new();
    private bool _disposed;

    private ChildProcess(Process process, string name) => (_process, _name) = (process, name);

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it runs no more.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The newest lines of its output and errors.</summary>
    public string Log
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts a program; its output is kept for messages of failed tests.</summary>
    public static ChildProcess Start(string name, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var child = new ChildProcess(new Process { StartInfo = start }, name);
        child._process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Fails with its log when it has ended.</summary>
    public void MustRun()
    {
        if (HasExited)
            throw new InvalidOperationException($"{_name} ended with exit code {_process.ExitCode}:\n{Log}");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code that follows it.</summary>
    public async Task<int> TerminateAsync()
    {
        if (!HasExited)
            await Signal.SendAsync("TERM", Id);
        return await ExitAsync();
    }

    /// <summary>The exit code of a program that ends by itself; SIGKILL and a failure after 20 s.</summary>
    public async Task<int> ExitAsync()
    {
        using var timer = new CancellationTokenSource(StopDeadline);
        try
        {
            await _process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"{_name} did not end within {StopDeadline}:\n{Log}"));
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
                _lines.Dequeue();
        }
    }
}
