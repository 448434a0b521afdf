using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// One changed static cluster, from the swap of the snapshot to the last of N delta streams, beside R other clusters;
/// the floor writes the same message. The rows of all R of one N are taken one after the other: <c>--repeat 5</c>
/// interleaves them.
/// </summary>
internal static class XdsFanOutBench
{
    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var clients in options.Clients ?? [1, 100, 1_000])
        {
            foreach (var clusters in options.Sizes ?? [1_000, 10_000])
                report.Add(await Measure(clusters, clients, options));
        }
    }

    private static async Task<Row> Measure(int clusters, int clients, BenchOptions options)
    {
        var changes = clients >= 1000 ? Math.Max(10, options.Changes / 2) : options.Changes;
        byte[]? last = null;
        Samples latency;
        long bytes;
        await using (var server = await XdsHost.StartAsync(XdsResources.Clusters(clusters)))
        {
            await using var fleet = new Fleet();
            await fleet.ConnectAsync(
                server.Target, Workspace.Role, clients, delta: true, XdsResources.Mark(0),
                (header, message) => last = header.TypeUrl == AdsClient.Clusters ? message : last);
            (latency, _, bytes) = await ChangeSeries.RunAsync(
                fleet, clients, changes, options.Quiet,
                k => (XdsResources.Mark(k + 1), () => server.Publish(XdsResources.Marking(k + 1))), null);
        }

        return new Row("xds-fanout", clients, clusters)
        {
            P50 = latency.Quantile(0.5),
            P99 = latency.Quantile(0.99),
            BytesPerChange = bytes,
            FloorP50 = await Floor.MeasureAsync(last!, clients, options),
        };
    }
}
