using System.Globalization;

namespace Stagedoor.Acceptance.Harness;

/// <summary>Signals to processes by their id.</summary>
internal static class Signal
{
    /// <summary>Sends a signal, like <c>TERM</c>; a process that is gone is no error.</summary>
    public static Task SendAsync(string signal, int process) =>
        Command.RunAsync("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Whether a process with this id runs.</summary>
    public static async Task<bool> RunsAsync(int process)
    {
        // A zombie still takes signals; only its state tells.
        var status = await Command.RunAsync(
            "ps", ["-o", "stat=", "-p", process.ToString(CultureInfo.InvariantCulture)]);
        return status.Output.Trim() is { Length: > 0 } state && state[0] != 'Z';
    }
}
