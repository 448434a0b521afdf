using System.Diagnostics;

namespace Stagedoor.Acceptance.Harness;

/// <summary>What a program left behind that has ended by itself.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors);

/// <summary>Runs short-lived programs.</summary>
internal static class Command
{
    /// <summary>
    /// Runs a program to its end; kills it and fails when the deadline (60 s) passes. The variables are set over those
    /// of this process; null removes one.
    /// </summary>
    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? deadline = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var timer = new CancellationTokenSource(deadline ?? TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timer.Token);
            var errors = process.StandardError.ReadToEndAsync(timer.Token);
            await process.WaitForExitAsync(timer.Token);
            return new CommandResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end in time");
        }
    }
}
