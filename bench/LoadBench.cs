using System.Diagnostics;
using System.Text;
using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;

namespace Stagedoor.Bench;

/// <summary>
/// Any ADS server: connects N clients and prints how long it took until each had its first response, and how many
/// messages and bytes came. Changes are made by whoever runs the server; every further response within ten seconds is
/// counted.
/// </summary>
internal static class LoadBench
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report, BenchOptions options)
    {
        if (options.Target is null) throw new InvalidOperationException("load needs --target HOST:PORT");
        foreach (var clients in options.Clients ?? [1, 100])
        {
            await using var fleet = new Fleet();
            // Every response names its type, so the type URL of clusters marks the first answer.
            var took = await fleet.ConnectAsync(
                options.Target, options.Role, clients, options.Delta, Encoding.UTF8.GetBytes(AdsClient.Clusters));
            var (bytes, messages, at) = (fleet.Bytes, fleet.Messages, Stopwatch.GetTimestamp());
            report.Say(
                $"{clients} clients: first responses after {took.TotalMilliseconds:F1} ms, "
                + $"{messages} messages, {bytes} bytes");
            report.Add(new Row("load", clients, null)
            {
                P50 = Math.Round(took.TotalMilliseconds, 1),
                BytesPerChange = bytes,
            });
            await Task.Delay(Watch);
            report.Say(
                $"  in {Stopwatch.GetElapsedTime(at).TotalSeconds:F0} s more: "
                + $"{fleet.Messages - messages} messages, {fleet.Bytes - bytes} bytes");
        }
    }
}
