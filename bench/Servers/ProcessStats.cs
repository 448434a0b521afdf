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
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture))
            * 1000 / TicksPerSecond;
    }

    /// <summary>Resident set in MB.</summary>
    public static double ResidentMegabytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }
}
