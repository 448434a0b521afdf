using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// N cold clients connect at once: the time until the last has all R clusters. The floor answers each with the same
/// bytes prepared before.
/// </summary>
internal static class XdsHerdBench
{
    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var clients in options.Clients ?? [1_000])
        {
            foreach (var clusters in options.Sizes ?? [1_000])
                report.Add(await Measure(clusters, clients));
        }
    }

    private static async Task<Row> Measure(int clusters, int clients)
    {
        var bytes = new List<byte[]>();
        await using (var server = await XdsHost.StartAsync(XdsResources.Clusters(clusters)))
        {
            await using (var one = new Fleet())
            {
                await one.ConnectAsync(
                    server.Target, Workspace.Role, 1, delta: true, XdsResources.Mark(0),
                    (header, message) =>
                    {
                        if (header.TypeUrl == AdsClient.Clusters) bytes.Add(message);
                    });
            }

            await using var herd = new Fleet();
            var time = await herd.ConnectAsync(
                server.Target, Workspace.Role, clients, delta: true, XdsResources.Mark(0), atOnce: clients);
            return new Row("xds-herd", clients, clusters)
            {
                P50 = Math.Round(time.TotalMilliseconds),
                BytesPerChange = bytes.Sum(message => (long)message.Length),
                FloorP50 = await MeasureFloor(bytes, clients),
            };
        }
    }

    private static async Task<double> MeasureFloor(List<byte[]> messages, int clients)
    {
        // Fields of several messages behind each other are one message, with the last nonce.
        var first = new Dictionary<string, byte[]> { [AdsClient.Clusters] = [.. messages.SelectMany(bytes => bytes)] };
        await using var server = await PreparedServer.StartAsync(first);
        await using var herd = new Fleet();
        var time = await herd.ConnectAsync(
            server.Target, Workspace.Role, clients, delta: false, XdsResources.Mark(0), atOnce: clients);
        return Math.Round(time.TotalMilliseconds);
    }
}
