using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Stagedoor.Xds.Server.Limits;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests.Fuzz;

/// <summary>
/// Random and broken requests on every service and plain garbage on the ports: nothing gets out of hand, and a
/// well-behaved client is served all the while. <c>STAGEDOOR_FUZZ_MESSAGES</c> sets how many (1,000,000 for the long
/// form), <c>STAGEDOOR_FUZZ_SEED</c> where to begin.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Workers = 4;

    [Fact]
    public async Task Whatever_is_sent_the_server_goes_on_and_serves_who_behaves()
    {
        var messages = Setting("STAGEDOOR_FUZZ_MESSAGES", 6000);
        var seed = Setting("STAGEDOOR_FUZZ_SEED", 20261124);
        output.WriteLine($"seed {seed}, {messages} messages, {Workers} clients");
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved) unobserved.Add(e.Exception);
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await using var server = await TestServer.StartAsync(options =>
            {
                // What a client leaves open must not hold up the test.
                options.FetchPatience = TimeSpan.FromMilliseconds(1);
                options.MaxStreamsPerNode = 3;
            });
            Publish(server, 1);
            using var good = new DeltaCall(server.Client(), AdsCall.NodeOf("good"));
            await good.SubscribeAsync(XdsType.Cluster);
            await good.AckAsync(await good.GetAsync(XdsType.Cluster));
            var (before, seq) = await ServeAsync(server, good, 2, rounds: 100);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var fuzz = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(
                () => FuzzAsync(server, seed + worker, messages / Workers, end.Token), end.Token)));
            var during = new List<double>();
            while (!fuzz.IsCompleted)
            {
                (var some, seq) = await ServeAsync(server, good, seq, rounds: 10);
                during.AddRange(some);
            }

            await fuzz;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"a change reaches the well-behaved client in (p50/p99, ms) {Figures(before)} alone, "
                + $"{Figures(during)} meanwhile"));
            await ServeAsync(server, good, seq, rounds: 1);
            SpinWait.SpinUntil(() => Streams(server) == 1 && server.Directory.Leases == 1, TimeSpan.FromSeconds(20))
                .ShouldBeTrue($"{Streams(server)} streams and {server.Directory.Leases} leases are left");
            server.Log.Lines.Where(line => line.Level >= LogLevel.Error && !IsOfTransport(line.Text))
                .Select(line => line.Text).ShouldBeEmpty();
        }
        finally
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            TaskScheduler.UnobservedTaskException -= Note;
        }

        lock (unobserved)
        {
            unobserved.Select(exception => exception.ToString())
                .Where(text => text.Contains("at Stagedoor.Xds", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    private static async Task FuzzAsync(TestServer server, int seed, int messages, CancellationToken cancellation)
    {
        using var client = new FuzzClient(server, seed);
        for (var sent = 0; sent < messages;) sent += await client.StepAsync(cancellation);
    }

    private static async Task<(List<double> Times, long Seq)> ServeAsync(
        TestServer server, DeltaCall good, long seq, int rounds)
    {
        var times = new List<double>(rounds);
        for (var i = 0; i < rounds; i++, seq++)
        {
            var start = Stopwatch.GetTimestamp();
            Publish(server, seq);
            var response = await good.GetAsync(XdsType.Cluster);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            response.SystemVersionInfo.ShouldBe($"1.{seq}");
            await good.AckAsync(response);
        }

        return (times, seq);
    }

    private static void Publish(TestServer server, long seq)
    {
        EncodedResource[] resources =
        [
            .. Messages.OfEveryType("a", "v1"), .. Messages.OfEveryType("b", "v1"),
            .. Messages.OfEveryType("changing", $"v{seq}").Where(one => one.Type == XdsType.Cluster),
        ];
        server.Cell().Publish(Make.Snapshot(seq, resources));
        server.Cell("ns~q").Publish(Make.Snapshot(seq, resources));
    }

    // gRPC itself writes an error for each message that is none.
    private static bool IsOfTransport(string line) => line.StartsWith("Grpc.AspNetCore", StringComparison.Ordinal);

    private static int Streams(TestServer server) => server.Services.GetRequiredService<StreamRegistry>().Streams.Count;

    private static string Figures(List<double> times)
    {
        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture, $"{times[times.Count / 2]:0.0}/{times[times.Count * 99 / 100]:0.0}");
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
