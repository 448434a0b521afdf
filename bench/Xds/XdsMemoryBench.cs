using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>Resident memory of a whole <c>stagedoor serve</c> for one more delta stream, beside R clusters.</summary>
internal static class XdsMemoryBench
{
    private const int Warm = 50;

    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var clusters in options.Sizes ?? [100, 1_000, 10_000])
        {
            foreach (var clients in options.Clients ?? [1_000]) report.Add(await Measure(clusters, clients));
        }
    }

    private static async Task<Row> Measure(int clusters, int clients)
    {
        using var workspace = Workspace.Create(0, clusters);
        await using var server = await StagedoorServer.StartAsync(workspace.Config, workspace.Data);
        await using var first = new Fleet();
        await first.ConnectAsync(server.Xds, Workspace.Role, Warm, delta: true, Marker);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var before = ProcessStats.ResidentMegabytes(server.Pid);
        await using var fleet = new Fleet();
        await fleet.ConnectAsync(server.Xds, Workspace.Role, clients, delta: true, Marker);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var after = ProcessStats.ResidentMegabytes(server.Pid);
        return new Row("xds-memory", clients, clusters)
        {
            KilobytesPerStream = Math.Round((after - before) * 1024 / clients, 1),
            ResidentMegabytes = Math.Round(after),
        };
    }

    // The name of the last cluster.
    private static readonly byte[] Marker = "marked_gloo-system"u8.ToArray();
}
