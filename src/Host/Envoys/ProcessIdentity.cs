using System.Globalization;

namespace Stagedoor.Host.Envoys;

/// <summary>A process of this machine, told apart from later ones that get the same number.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTime">
/// When it started, in clock ticks since the machine did (field 22 of <c>/proc/PID/stat</c>).
/// </param>
/// <param name="Boot">Which start of the machine (<c>/proc/sys/kernel/random/boot_id</c>).</param>
internal sealed record ProcessIdentity(int Pid, long StartTime, string Boot)
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const int StateField = 0;
    private const int StartTimeField = 19;

    /// <summary>The process that has this number now; null if there is none or it has already ended.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return StartTimeIn(stat) is { } started
                ? new ProcessIdentity(pid, started, File.ReadAllText(BootIdFile).Trim())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Field 22 of a <c>stat</c> line; null for a zombie or a line that is none.</summary>
    internal static long? StartTimeIn(string stat)
    {
        // The second field is the program's name in parentheses, and may itself hold blanks and parentheses.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeField
            && fields[StateField] is not ("Z" or "X")
            && long.TryParse(fields[StartTimeField], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
                ? started
                : null;
    }
}
