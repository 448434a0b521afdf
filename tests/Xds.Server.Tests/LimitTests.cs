using Envoy.Service.Discovery.V3;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Stagedoor.Xds.Server.Limits;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task Streams_in_total()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxStreams = 1);
        using var first = await Connected(server, "one");
        using var second = new AdsCall(server.Client(), AdsCall.NodeOf("two"));

        await second.AskAsync(XdsType.Cluster);

        var end = await second.GetEndAsync();
        end.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        end.Status.Detail.ShouldContain("SD4008");
    }

    [Fact]
    public async Task Streams_of_a_node_the_newest_wins()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxStreamsPerNode = 2);
        using var first = await Connected(server);
        using var second = await Connected(server);
        using var third = await Connected(server);

        (await first.GetEndAsync()).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        await second.GetAsync(XdsType.Cluster);
        await third.GetAsync(XdsType.Cluster);
    }

    [Fact]
    public async Task Bytes_of_a_request()
    {
        await using var server = await TestServer.StartAsync(options => options.MaxRequestBytes = 1000);
        using var call = await Connected(server);

        await call.AskAsync(XdsType.ClusterLoadAssignment, [.. Enumerable.Range(0, 1000).Select(i => $"name-{i}")]);

        (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task A_client_with_100_000_names_is_accepted()
    {
        await using var server = await TestServer.StartAsync();
        server.Cell().Publish(Make.Snapshot(1, Make.Endpoints("name-99999")));
        using var call = await Connected(server);
        (await call.GetAsync()).TypeUrl.ShouldBe(XdsType.Cluster.TypeUrl());

        await call.AskAsync(XdsType.ClusterLoadAssignment, [.. Enumerable.Range(0, 100_000).Select(i => $"name-{i}")]);

        (await call.GetAsync(XdsType.ClusterLoadAssignment)).Resources.Count.ShouldBe(1);
    }

    [Fact]
    public async Task R22_a_delta_client_that_reconnects_with_100_000_names_is_accepted()
    {
        await using var server = await TestServer.StartAsync();
        server.Cell().Publish(Make.Snapshot(1, Make.Cluster("cluster-of-some-tenant-99999", "v2")));
        using var call = new DeltaCall(server.Client(), AdsCall.NodeOf());
        var versions = Enumerable.Range(0, 100_000).ToDictionary(
            i => $"cluster-of-some-tenant-{i}", _ => $"1.1-{Make.Cluster("a").Hash}");

        await call.ReconnectAsync(XdsType.Cluster, [.. versions.Keys, "*"], versions);

        (await call.GetAsync(XdsType.Cluster)).Resources.Single().Name.ShouldBe("cluster-of-some-tenant-99999");
    }

    [Fact]
    public async Task Names_of_a_delta_client_in_all_its_requests()
    {
        await using var server = await TestServer.StartAsync(
            options => options.Session = SessionOptions.Default with { MaxNames = 3 });
        server.Cell().Publish(Make.Snapshot(1));
        using var call = new DeltaCall(server.Client(), AdsCall.NodeOf());
        await call.SubscribeAsync(XdsType.ClusterLoadAssignment, "a", "b", "c");
        await call.GetAsync(XdsType.ClusterLoadAssignment);

        await call.SubscribeAsync(XdsType.ClusterLoadAssignment, "d");

        (await call.GetEndAsync()).Status.Detail.ShouldContain("SD4007");
        using var other = new DeltaCall(server.Client(), AdsCall.NodeOf());
        await other.ReconnectAsync(
            XdsType.Cluster, [], new Dictionary<string, string> { ["a"] = "", ["b"] = "", ["c"] = "", ["d"] = "" });
        (await other.GetEndAsync()).Status.Detail.ShouldContain("SD4007");
    }

    [Fact]
    public async Task Names_of_a_request()
    {
        await using var server = await TestServer.StartAsync(
            options => options.Session = SessionOptions.Default with { MaxNames = 3 });
        using var call = await Connected(server);

        await call.AskAsync(XdsType.ClusterLoadAssignment, "a", "b", "c", "d");

        var end = await call.GetEndAsync();
        end.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        end.Status.Detail.ShouldContain("SD4007");
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_closed()
    {
        await using var server =
            await TestServer.StartAsync(options => options.FirstRequestTimeout = TimeSpan.FromSeconds(5));
        using var call = new AdsCall(server.Client(), AdsCall.NodeOf());
        var registry = server.Services.GetRequiredService<StreamRegistry>();
        SpinWait.SpinUntil(() => registry.Streams.Count == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        Sweep(server, TimeSpan.FromSeconds(6));

        (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_is_closed()
    {
        await using var server =
            await TestServer.StartAsync(options => options.AnswerTimeout = TimeSpan.FromMinutes(1));
        server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var call = await Connected(server);
        await call.GetAsync(XdsType.Cluster);
        var stream = server.Services.GetRequiredService<StreamRegistry>().Streams.Single();
        SpinWait.SpinUntil(() => stream.UnansweredSince is not null, TimeSpan.FromSeconds(10)).ShouldBeTrue();

        Sweep(server, TimeSpan.FromSeconds(50));
        stream.End.ShouldBeNull();
        Sweep(server, TimeSpan.FromSeconds(70));

        var end = await call.GetEndAsync();
        end.StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
        end.Status.Detail.ShouldContain("SD4010");
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_others_do_not_notice()
    {
        await using var server = await TestServer.StartAsync(options => options.WriteTimeout = TimeSpan.FromSeconds(5));
        var big = Enumerable.Range(0, 40).Select(i => Make.Cluster($"c{i}", new string('x', 1_000_000))).ToArray();
        using var slow = await Connected(server, "slow");
        var stream = server.Services.GetRequiredService<StreamRegistry>().Streams.Single();
        server.Cell().Publish(Make.Snapshot(1, big));
        SpinWait.SpinUntil(() => stream.BlockedSince is not null, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        using var other = await Connected(server, "other");
        (await other.GetAsync(XdsType.Cluster)).Resources.Count.ShouldBe(40);

        Sweep(server, TimeSpan.FromSeconds(6));

        await server.Reporter.WaitFor(report => report is { NodeId: "slow", IsConnected: false });
        await other.AskAsync(XdsType.Listener);
        await other.GetAsync(XdsType.Listener);
    }

    [Fact]
    public async Task A_flood_of_requests_is_read_at_the_set_pace()
    {
        await using var server = await TestServer.StartAsync(options =>
        {
            options.RequestsPerSecond = 50;
            options.RequestBurst = 10;
        });
        server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Endpoints("e")));
        using var flood = await Connected(server, "flood");
        await flood.GetAsync(XdsType.Cluster);
        var start = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 60; i++) await flood.SendAsync(new DiscoveryRequest { TypeUrl = "unknown" });
        await flood.AskAsync(XdsType.ClusterLoadAssignment, "e");
        await flood.GetAsync(XdsType.ClusterLoadAssignment);

        TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.8));
    }

    private static async Task<AdsCall> Connected(TestServer server, string id = "node-1")
    {
        var call = new AdsCall(server.Client(), AdsCall.NodeOf(id));
        var before = server.Directory.Opened;
        await call.AskAsync(XdsType.Cluster);
        SpinWait.SpinUntil(() => server.Directory.Opened > before, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        return call;
    }

    private static void Sweep(TestServer server, TimeSpan later) =>
        server.Services.GetServices<IHostedService>().OfType<StreamWatch>().Single()
            .Sweep(TimeProvider.System.GetUtcNow() + later);
}
