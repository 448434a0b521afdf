using System.Text;
using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// One changed route, from the saved file to the bytes at one client, beside R other VirtualServices.
/// </summary>
internal static class PropagationBench
{
    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var routes in options.Sizes ?? [0, 1_000, 10_000]) report.Add(await Measure(routes, options));
    }

    private static async Task<Row> Measure(int routes, BenchOptions options)
    {
        using var workspace = Workspace.Create(routes, clusters: 0, broken: options.Broken);
        await using var server = await StagedoorServer.StartAsync(workspace.Config, workspace.Data);
        await using var fleet = new Fleet();
        byte[]? last = null;
        await fleet.ConnectAsync(server.Xds, Workspace.Role, 1, options.Delta, Marker("start"), (header, message) =>
        {
            if (header.TypeUrl == AdsClient.Routes) last = message;
        });
        var (latency, cpu, bytes) = await ChangeSeries.RunAsync(
            fleet, 1, options.Changes, options.Quiet,
            k => (Marker($"p{k}"), () => workspace.WriteRoute($"p{k}")), server.Pid);
        var rss = ProcessStats.ResidentMegabytes(server.Pid);
        return new Row(options.Broken ? "propagation-broken" : "propagation", 1, routes)
        {
            P50 = latency.Quantile(0.5),
            P99 = latency.Quantile(0.99),
            CpuPerChange = cpu,
            BytesPerChange = bytes,
            ResidentMegabytes = Math.Round(rss),
            FloorP50 = await Floor.MeasureAsync(last!, 1, options),
        };
    }

    private static byte[] Marker(string mark) => Encoding.UTF8.GetBytes($"mark={mark}.");
}
