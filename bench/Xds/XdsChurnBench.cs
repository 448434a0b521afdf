using System.Diagnostics;
using System.Globalization;
using System.Text;
using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// 1,000 updates a second over R assignments to N delta streams for 30 s: how old an update is when it arrives.
/// </summary>
internal static class XdsChurnBench
{
    private const int PerSecond = 1_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Report report, BenchOptions options)
    {
        foreach (var clients in options.Clients ?? [100])
        {
            foreach (var assignments in options.Sizes ?? [1_000])
                report.Add(await Measure(report, assignments, clients));
        }
    }

    private static async Task<Row> Measure(Report report, int assignments, int clients)
    {
        var names = Enumerable.Range(0, assignments).Select(at => $"up-{at:d6}_gloo-system").ToArray();
        await using var server =
            await XdsHost.StartAsync(names.Select(name => XdsResources.Endpoints(name, "none")));
        var fleet = new List<EndpointClient>();
        var ages = new Ages();
        try
        {
            for (var at = 0; at < clients; at++)
                fleet.Add(await EndpointClient.StartAsync(server.Target, $"bench-{at}", names, ages.Read));
            await Task.Delay(TimeSpan.FromSeconds(1));
            await Publish(server, names, PerSecond);
            ages.Clear();
            GC.Collect();
            var (memory, messages) = (Environment.WorkingSet, fleet.Sum(client => client.Messages));
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var start = Stopwatch.GetTimestamp();
            var updates = await Publish(server, names, PerSecond * (int)Duration.TotalSeconds);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            messages = fleet.Sum(client => client.Messages) - messages;
            GC.Collect();
            report.Say($"xds-churn: {updates / seconds:f0} updates/s, "
                + $"{messages / seconds / clients:f1} messages/s to each client, "
                + $"memory {(Environment.WorkingSet - memory) / 1048576.0:f0} MB more than at the start");
            return new Row("xds-churn", clients, assignments)
            {
                P50 = ages.Samples.Quantile(0.5),
                P99 = ages.Samples.Quantile(0.99),
                CpuPerChange = Math.Round(cpu.TotalMilliseconds / updates, 3),
                ResidentMegabytes = Math.Round(Environment.WorkingSet / 1048576.0),
            };
        }
        finally
        {
            await Task.WhenAll(fleet.Select(client => client.DisposeAsync().AsTask()));
        }
    }

    private static async Task<int> Publish(XdsHost server, string[] names, int count)
    {
        var random = new Random(1);
        var start = Stopwatch.GetTimestamp();
        for (var done = 0; done < count;)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * PerSecond));
            for (; done < due; done++)
            {
                server.Publish(XdsResources.Endpoints(
                    names[random.Next(names.Length)], Ages.Mark(Stopwatch.GetTimestamp())));
            }

            await Task.Delay(1);
        }

        return count;
    }

    /// <summary>Ages of updates; each carries the time of its making.</summary>
    private sealed class Ages
    {
        private static readonly byte[] Prefix = "made-at-"u8.ToArray();
        private const int Digits = 20;

        public Samples Samples { get; private set; } = new();

        public static string Mark(long at) =>
            Encoding.UTF8.GetString(Prefix) + at.ToString("d20", CultureInfo.InvariantCulture);

        public void Clear()
        {
            lock (this) Samples = new Samples();
        }

        public void Read(byte[] message, long at)
        {
            lock (this)
            {
                var rest = message.AsSpan();
                while (rest.IndexOf(Prefix) is var found and >= 0)
                {
                    var digits = rest.Slice(found + Prefix.Length, Digits);
                    Samples.Add(long.Parse(digits, CultureInfo.InvariantCulture), at);
                    rest = rest[(found + Prefix.Length + Digits)..];
                }
            }
        }
    }
}
