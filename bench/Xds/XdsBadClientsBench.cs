using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// One changed cluster to N delta streams while 1 % more reject everything, never read or reconnect ten times a second.
/// The row's p50 is the others' p99 with them, its floor their p99 without.
/// </summary>
internal static class XdsBadClientsBench
{
    private const int Clusters = 1_000;

    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var clients in options.Clients ?? [300]) report.Add(await Measure(clients, options));
    }

    private static async Task<Row> Measure(int clients, BenchOptions options)
    {
        await using var server = await XdsHost.StartAsync(XdsResources.Clusters(Clusters));
        await using var fleet = new Fleet();
        await fleet.ConnectAsync(server.Target, Workspace.Role, clients, delta: true, XdsResources.Mark(0));
        var k = 0;
        var without = await Series();
        var bad = Enumerable.Range(0, Math.Max(3, clients / 100)).Select(Bad).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1));
        var with = await Series();
        await Task.WhenAll(bad.Select(client => client.DisposeAsync().AsTask()));
        return new Row("xds-bad-p99", clients, Clusters)
        {
            P50 = with.Quantile(0.99),
            FloorP50 = without.Quantile(0.99),
        };

        async Task<Samples> Series() => (await ChangeSeries.RunAsync(
            fleet, clients, options.Changes, options.Quiet,
            _ =>
            {
                k++;
                return (XdsResources.Mark(k), () => server.Publish(XdsResources.Marking(k)));
            },
            null)).Latency;

        BadClient Bad(int at) => (at % 3) switch
        {
            0 => BadClient.Rejecting(server.Target, $"bad-{at}"),
            1 => BadClient.Deaf(server.Target, $"bad-{at}"),
            _ => BadClient.Restless(server.Target, $"bad-{at}"),
        };
    }
}
