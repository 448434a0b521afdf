using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Stagedoor.Host.Envoys;

/// <summary>
/// A running Envoy, started by this server or by one before it. It has a session of its own and writes to files only,
/// so that neither the terminal's Ctrl-C nor our end touches it.
/// </summary>
internal sealed partial class EnvoyProcess
{
    // A shell opens the files and becomes the program: the process id stays, and no pipe leads to us.
    private const string Launch = "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1";
    private const int SigTerm = 15;
    private const int SigKill = 9;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private EnvoyProcess(ProcessIdentity identity) => Identity = identity;

    /// <summary>Which process it is.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive => ProcessIdentity.Of(Identity.Pid) == Identity;

    /// <summary>Takes over a process that was found alive.</summary>
    public static EnvoyProcess Adopt(ProcessIdentity identity) => new(identity);

    /// <summary>Starts a program in a session of its own; its output is appended to <paramref name="log"/>.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The shell could not be started.</exception>
    /// <exception cref="IOException">It ended before it could be identified.</exception>
    public static EnvoyProcess Start(string executable, IEnumerable<string> arguments, string log)
    {
        string[] session = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid"] : [];
        var start = new ProcessStartInfo("/bin/sh", ["-c", Launch, "sh", log, .. session, executable, .. arguments]);
        // Kept undisposed until it exits: .NET then reaps the child.
        var child = Process.Start(start)!;
        child.EnableRaisingEvents = true;
        child.Exited += (_, _) => child.Dispose();
        return ProcessIdentity.Of(child.Id) is { } identity
            ? new EnvoyProcess(identity)
            : throw new IOException($"{executable} ended at once; its output is in {log}");
    }

    /// <summary>Ends when the process has ended.</summary>
    public async Task WaitForExitAsync(CancellationToken stop)
    {
        while (IsAlive) await Task.Delay(Poll, stop).ConfigureAwait(false);
    }

    /// <summary>Asks it to end, and after <paramref name="patience"/> makes it.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        if (!IsAlive) return;
        _ = Kill(Identity.Pid, SigTerm);
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = Kill(Identity.Pid, SigKill);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
