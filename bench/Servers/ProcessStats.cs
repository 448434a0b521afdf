using System.Globalization;

namespace Stagedoor.Bench.Servers;

/// <summary>CPU time and memory of another process, from <c>/proc</c>.</summary>
internal static class ProcessStats
{
    private const double TicksPerSecond = 100;

    /// <summary>User and system time so far, in milliseconds (resolution 10 ms).</summary>
    public static double CpuMilliseconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) * 1000 / TicksPerSecond;
    }

    /// <summary>Resident set in MB.</summary>
    public static double ResidentMegabytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
