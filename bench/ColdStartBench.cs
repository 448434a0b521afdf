using System.Diagnostics;
using System.Text;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// From the start of the process to the first complete response, the median of three; then the server's memory. The
/// server's own account of the time (runtime, cluster, journal, parsing, translation) is printed beside it.
/// </summary>
internal static class ColdStartBench
{
    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var routes in options.Sizes ?? [1_000, 10_000])
        {
            var samples = new Samples();
            double rss = 0;
            var shares = "";
            for (var i = 0; i < 3; i++)
            {
                using var workspace = Workspace.Create(routes, clusters: 0, broken: options.Broken);
                await using var server = await StagedoorServer.StartAsync(workspace.Config, workspace.Data);
                await using var fleet = new Fleet();
                await fleet.ConnectAsync(
                    server.Xds, Workspace.Role, 1, options.Delta, Encoding.UTF8.GetBytes("mark=start."));
                samples.Add(server.StartedAt, Stopwatch.GetTimestamp());
                rss = ProcessStats.ResidentMegabytes(server.Pid);
                shares = await server.StartupAsync();
            }

            report.Say($"start with {routes} VirtualServices: {shares}");
            report.Add(new Row(options.Broken ? "start-broken" : "start", 1, routes)
            {
                P50 = samples.Quantile(0.5),
                ResidentMegabytes = Math.Round(rss),
            });
        }
    }
}
