using System.Diagnostics;
using Envoy.Service.Discovery.V3;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stagedoor.Xds.Server.Limits;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests;

/// <summary>How streams end when the server stops.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Streams_end_spread_over_the_set_time_and_new_ones_are_refused()
    {
        var spread = TimeSpan.FromSeconds(2);
        await using var server = await TestServer.StartAsync(options => options.StopSpread = spread);
        server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var channel = server.Connect();
        var client = new AggregatedDiscoveryService.AggregatedDiscoveryServiceClient(channel);
        var calls = new List<DeltaCall>();
        for (var i = 0; i < 20; i++)
        {
            var call = new DeltaCall(client, AdsCall.NodeOf($"node-{i}"));
            calls.Add(call);
            await call.SubscribeAsync(XdsType.Cluster);
            await call.AckAsync(await call.GetAsync(XdsType.Cluster));
        }

        var start = Stopwatch.GetTimestamp();
        var stop = server.StopAsync();
        var ends = await Task.WhenAll(calls.Select(async call =>
        {
            (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.Unavailable);
            return Stopwatch.GetElapsedTime(start);
        }));

        await stop.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        (ends.Max() - ends.Min()).ShouldBeGreaterThan(spread / 2);
        foreach (var call in calls) call.Dispose();
    }

    [Fact]
    public async Task A_client_that_does_not_read_does_not_hold_up_the_end()
    {
        await using var server = await TestServer.StartAsync();
        using var slow = new AdsCall(server.Client(), AdsCall.NodeOf("slow"));
        await slow.AskAsync(XdsType.Cluster);
        await server.Reporter.WaitFor(report => report.IsConnected);
        var stream = server.Services.GetRequiredService<StreamRegistry>().Streams.Single();
        server.Cell().Publish(Make.Snapshot(
            1, [.. Enumerable.Range(0, 40).Select(i => Make.Cluster($"c{i}", new string('x', 1_000_000)))]));
        SpinWait.SpinUntil(() => stream.BlockedSince is not null, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        // The host itself would wait for 30 s.
        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_reconnects_elsewhere_gets_no_unchanged_resource()
    {
        var snapshot = new[] { Make.Cluster("a"), Make.Cluster("b") };
        await using var first = await TestServer.StartAsync();
        await using var second = await TestServer.StartAsync();
        first.Cell().Publish(Make.Snapshot(5, snapshot));
        second.Cell().Publish(Make.Snapshot(6, [.. snapshot, Make.Cluster("new")]));
        using var call = new DeltaCall(first.Client(), AdsCall.NodeOf());
        await call.SubscribeAsync(XdsType.Cluster);
        var response = await call.GetAsync(XdsType.Cluster);
        await call.AckAsync(response);
        await first.StopAsync();

        using var again = new DeltaCall(second.Client(), AdsCall.NodeOf());
        await again.ReconnectAsync(
            XdsType.Cluster, [],
            response.Resources.ToDictionary(resource => resource.Name, resource => resource.Version));

        var rest = await again.GetAsync(XdsType.Cluster);
        rest.Resources.Select(resource => resource.Name).ShouldBe(["new"]);
        rest.RemovedResources.ShouldBeEmpty();
    }
}
