using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// A changed VirtualService file until the changed answer comes through a real Envoy; beside it Envoy's own share:
/// the same bytes, prepared, handed to the same Envoy by a server that does nothing else, in the same run and seen by
/// the same client.
/// </summary>
internal static class EnvoyBench
{
    public static async Task RunAsync(Report report, BenchOptions options)
    {
        if (await Repository.FindEnvoy() is not { } envoy)
        {
            report.Say("envoy: left out, no Envoy found; run eng/envoy to see how to get one");
            return;
        }

        foreach (var routes in options.Sizes ?? [10, 100, 1_000, 5_000])
            report.Add(await Measure(envoy, routes, options));
    }

    private static async Task<Row> Measure(string envoy, int routes, BenchOptions options)
    {
        var port = FreePort();
        using var workspace = Workspace.Create(routes, clusters: 0, broken: options.Broken, gatewayPort: port);
        await using var server = await StagedoorServer.StartAsync(workspace.Config, workspace.Data);
        var captured = new ConcurrentDictionary<string, byte[]>();
        Samples ours;
        await using (EnvoyProcess.Start(envoy, server.Xds, Workspace.Role))
        {
            await using (var fleet = new Fleet())
            {
                await fleet.ConnectAsync(
                    server.Xds, Workspace.Role, 1, delta: false, Encoding.UTF8.GetBytes("mark=start."),
                    (header, message) => captured[header.TypeUrl] = message);
            }

            ours = await Series(port, options, workspace.WriteRoute);
        }

        var rss = ProcessStats.ResidentMegabytes(server.Pid);
        await using var prepared = await PreparedServer.StartAsync(captured);
        await using var second = EnvoyProcess.Start(envoy, prepared.Target, Workspace.Role);
        var share = await Series(port, options, mark => prepared.Push(WithMark(captured[AdsClient.Routes], mark)));
        return new Row(options.Broken ? "envoy-broken" : "envoy", 1, routes)
        {
            P50 = ours.Quantile(0.5),
            P99 = ours.Quantile(0.99),
            FloorP50 = share.Quantile(0.5),
            ResidentMegabytes = Math.Round(rss),
        };
    }

    private static async Task<Samples> Series(int port, BenchOptions options, Action<string> change)
    {
        using var poller = new Poller(port);
        await poller.UntilAsync("start");
        var samples = new Samples();
        for (var k = 0; k < options.Changes + 5; k++)
        {
            // As long as "start", so that prepared bytes can be changed in place.
            var mark = $"m{k:D4}";
            var start = Stopwatch.GetTimestamp();
            change(mark);
            var seen = await poller.UntilAsync(mark);
            if (k >= 5) samples.Add(start, seen);
            await Task.Delay(options.Quiet);
        }

        return samples;
    }

    private static byte[] WithMark(byte[] response, string mark)
    {
        var copy = response.ToArray();
        var at = copy.AsSpan().IndexOf("mark=start."u8);
        Encoding.UTF8.GetBytes(mark, copy.AsSpan(at + "mark=".Length));
        return copy;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
