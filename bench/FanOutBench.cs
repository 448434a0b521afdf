using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>One changed cluster, from the saved file to the last of N clients, beside R other clusters.</summary>
internal static class FanOutBench
{
    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var clusters in options.Sizes ?? [1_000, 10_000])
        {
            using var workspace = Workspace.Create(0, clusters);
            await using var server = await StagedoorServer.StartAsync(workspace.Config, workspace.Data);
            foreach (var clients in options.Clients ?? [1, 100, 1_000])
            {
                // State of the world sends every cluster to every client: 0.7 GB a change at this size.
                if (clusters >= 10_000 && clients > 100 && !options.Delta) continue;
                report.Add(await Measure(workspace, server, clusters, clients, options));
            }
        }
    }

    private static int _timeout = 1;

    private static async Task<Row> Measure(
        Workspace workspace, StagedoorServer server, int clusters, int clients, BenchOptions options)
    {
        await using var fleet = new Fleet();
        byte[]? last = null;
        await fleet.ConnectAsync(
            server.Xds, Workspace.Role, clients, options.Delta, Marker(_timeout),
            (header, message) => last = header.TypeUrl == AdsClient.Clusters ? message : last);
        var changes = clients >= 1000 || clusters >= 10_000 ? Math.Max(5, options.Changes / 4) : options.Changes;
        var (latency, cpu, bytes) = await ChangeSeries.RunAsync(
            fleet, clients, changes, options.Quiet,
            _ =>
            {
                var timeout = ++_timeout;
                return (Marker(timeout), () => workspace.WriteUpstream(timeout));
            },
            server.Pid);
        return new Row(options.Delta ? "fanout-delta" : "fanout", clients, clusters)
        {
            P50 = latency.Quantile(0.5),
            P99 = latency.Quantile(0.99),
            CpuPerChange = cpu,
            BytesPerChange = bytes,
            ResidentMegabytes = Math.Round(ProcessStats.ResidentMegabytes(server.Pid)),
            FloorP50 = await Floor.MeasureAsync(last!, clients, options),
        };
    }

    /// <summary>The marked Upstream's connect timeout as it stands in its Cluster.</summary>
    private static byte[] Marker(int milliseconds) =>
        Duration.FromTimeSpan(TimeSpan.FromMilliseconds(milliseconds)).ToByteArray();
}
