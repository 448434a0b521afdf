using System.Diagnostics;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench.Load;

/// <summary>Makes one marked change after the other and measures until the last client of a fleet has it.</summary>
internal static class ChangeSeries
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Warms up with a tenth of the changes, then measures.</summary>
    /// <param name="fleet">The connected clients.</param>
    /// <param name="clients">How many must see the change.</param>
    /// <param name="count">Measured changes.</param>
    /// <param name="quiet">Pause between changes: the first change after quiet is what is measured.</param>
    /// <param name="change">Makes change number k and returns the bytes that mark it.</param>
    /// <param name="pid">The server's process, for its CPU time; null for none.</param>
    public static async Task<(Samples Latency, double? Cpu, long Bytes)> RunAsync(
        Fleet fleet, int clients, int count, TimeSpan quiet, Func<int, (byte[] Marker, Action Make)> change, int? pid)
    {
        var samples = new Samples();
        var warmUp = Math.Max(3, count / 10);
        double? cpu = null;
        long bytes = 0;
        for (var k = 0; k < warmUp + count; k++)
        {
            if (k == warmUp)
            {
                cpu = pid is null ? null : ProcessStats.CpuMilliseconds(pid.Value);
                bytes = fleet.Bytes;
            }

            var (marker, make) = change(k);
            var seen = fleet.Expect(marker, clients);
            var start = Stopwatch.GetTimestamp();
            make();
            var times = await seen.WaitAsync(Deadline);
            if (k >= warmUp) samples.Add(start, times[^1]);
            await Task.Delay(quiet);
        }

        cpu = cpu is null ? null : Math.Round((ProcessStats.CpuMilliseconds(pid!.Value) - cpu.Value) / count, 2);
        return (samples, cpu, (fleet.Bytes - bytes) / count / clients);
    }
}
