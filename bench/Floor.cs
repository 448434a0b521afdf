using System.Diagnostics;
using Google.Protobuf;
using Stagedoor.Bench.Ads;
using Stagedoor.Bench.Load;
using Stagedoor.Bench.Results;
using Stagedoor.Bench.Servers;

namespace Stagedoor.Bench;

/// <summary>
/// What it costs on this machine, now, to hand a response of the same bytes to as many clients by a server that does
/// nothing else.
/// </summary>
internal static class Floor
{
    /// <summary>The p50 in milliseconds from the push to the last client.</summary>
    public static async Task<double> MeasureAsync(byte[] response, int clients, BenchOptions options)
    {
        var header = ResponseHeader.Read(response);
        var first = new Dictionary<string, byte[]> { [AdsClient.Clusters] = Empty(AdsClient.Clusters, "floor-0") };
        await using var server = await PreparedServer.StartAsync(first);
        await using var fleet = new Fleet();
        await fleet.ConnectAsync(server.Target, Workspace.Role, clients, delta: false, Marker(0), null);
        var samples = new Samples();
        var count = Math.Max(5, options.Changes / 2);
        for (var k = 1; k <= count; k++)
        {
            // The bytes of the response, with a version of its own appended as the last field: the marker.
            var body = Concat(Empty(header.TypeUrl, $"floor-{k}"), response);
            var seen = fleet.Expect(Marker(k), clients);
            var start = Stopwatch.GetTimestamp();
            server.Push(body);
            samples.Add(start, (await seen.WaitAsync(TimeSpan.FromSeconds(60)))[^1]);
            await Task.Delay(options.Quiet);
        }

        return samples.Quantile(0.5);
    }

    private static byte[] Marker(int k) => System.Text.Encoding.UTF8.GetBytes($"floor-{k}.");

    private static byte[] Empty(string typeUrl, string version) => new Envoy.Service.Discovery.V3.DiscoveryResponse
    {
        TypeUrl = typeUrl,
        Nonce = version + ".",
        VersionInfo = version + ".",
    }.ToByteArray();

    private static byte[] Concat(byte[] first, byte[] second) => [.. first, .. second];
}
