using System.Text;
using Envoy.Config.Listener.V3;
using Envoy.Config.Route.V3;
using Envoy.Service.Discovery.V3;
using Grpc.Core;
using Shouldly;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests;

public sealed class AdsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(options => options.ReportInterval = TimeSpan.Zero);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_client_gets_the_resources_of_its_role_byte_for_byte()
    {
        var cluster = Make.Cluster("a", new string('x', 100));
        _server.Cell().Publish(Make.Snapshot(3, cluster, Make.Cluster("b")));
        using var call = Open();
        await call.AskAsync(XdsType.Cluster);

        var response = await call.GetAsync(XdsType.Cluster);

        response.Resources.Count.ShouldBe(2);
        response.Resources[0].TypeUrl.ShouldBe(XdsType.Cluster.TypeUrl());
        response.Resources[0].Value.ToByteArray().ShouldBe(cluster.Bytes.ToArray());
        response.Nonce.ShouldNotBeEmpty();
        TypeVersion.TryParse(response.VersionInfo, out var version).ShouldBeTrue();
        version.Generation.ShouldBe(new Generation(1, 3));
    }

    [Fact]
    public async Task A_change_is_pushed_and_an_equal_type_is_not()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Listener("l")));
        using var call = Open();
        await call.AskAsync(XdsType.Cluster);
        await call.AckAsync(await call.GetAsync(XdsType.Cluster));
        await call.AskAsync(XdsType.Listener);
        await call.AckAsync(await call.GetAsync(XdsType.Listener));

        _server.Cell().Publish(Make.Snapshot(2, Make.Cluster("a"), Make.Listener("l", "v2")));
        _server.Cell().Publish(Make.Snapshot(3, Make.Cluster("a", "v3"), Make.Listener("l", "v2")));

        var types = new HashSet<string> { (await call.GetAsync()).TypeUrl, (await call.GetAsync()).TypeUrl };
        types.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_large_response_arrives_whole()
    {
        var resources = Enumerable.Range(0, 200)
            .Select(i => Make.Cluster($"c{i:000}", new string((char)('a' + (i % 26)), 50_000)))
            .ToArray();
        _server.Cell().Publish(Make.Snapshot(1, resources));
        using var call = Open();
        await call.AskAsync(XdsType.Cluster);

        var response = await call.GetAsync(XdsType.Cluster);

        response.Resources.Select(resource => Encoding.UTF8.GetString(resource.Value.Span))
            .ShouldBe(resources.Select(resource => Encoding.UTF8.GetString(resource.Bytes.Span)));
    }

    [Fact]
    public async Task A_client_without_a_role_gets_the_fallback()
    {
        using var call = new AdsCall(_server.Client(), AdsCall.NodeOf(role: null));
        await call.AskAsync(XdsType.Cluster);
        (await call.GetAsync(XdsType.Cluster)).Resources.ShouldBeEmpty();
        await call.AskAsync(XdsType.Listener);
        var listeners = await call.GetAsync(XdsType.Listener);
        await call.AskAsync(XdsType.RouteConfiguration, "routes-for-invalid-envoy");
        var routes = await call.GetAsync(XdsType.RouteConfiguration);

        listeners.VersionInfo.ShouldBe("unversioned");
        listeners.Resources.Single().Unpack<Listener>().Name.ShouldBe("listener-for-invalid-envoy");
        var host = routes.Resources.Single().Unpack<RouteConfiguration>().VirtualHosts.Single();
        host.Routes.Single().DirectResponse.Status.ShouldBe(500u);
    }

    [Theory]
    [InlineData("ns~nobody")]
    [InlineData("")]
    public async Task A_role_that_names_no_proxy_gets_silence(string role)
    {
        using var call = new AdsCall(_server.Client(), AdsCall.NodeOf(role: role));
        await call.AskAsync(XdsType.Cluster);
        var report = await _server.Reporter.WaitFor(report => report.Proxy == role);
        report.IsConnected.ShouldBeTrue();

        var response = call.GetAsync(XdsType.Cluster);
        response.IsCompleted.ShouldBeFalse();
        _server.Cell(role).Publish(Make.Snapshot(1, Make.Cluster("late")));

        (await response).Resources.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reports_tell_what_was_offered_acknowledged_and_rejected_redacted()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var call = Open();
        await call.AskAsync(XdsType.Cluster);
        await call.AckAsync(await call.GetAsync(XdsType.Cluster));
        await _server.Reporter.WaitFor(report => Status(report)?.Acknowledged == new Generation(1, 1));

        _server.Cell().Publish(Make.Snapshot(2, Make.Cluster("a", "bad")));
        await call.NackAsync(
            await call.GetAsync(XdsType.Cluster), "no -----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----");

        var rejected = await _server.Reporter.WaitFor(report => Status(report)?.Rejection is not null);
        rejected.NodeId.ShouldBe("node-1");
        rejected.UserAgent.ShouldBe("test 1");
        rejected.Variant.ShouldBe("sotw");
        Status(rejected)!.Rejection!.Message.ShouldBe("no [redacted]");
        Status(rejected)!.Rejection!.Resources.ShouldBe(["a"]);
        Status(rejected)!.Acknowledged.ShouldBe(new Generation(1, 1));

        static NodeTypeStatus? Status(NodeReport report) => report.Types.GetValueOrDefault(XdsType.Cluster);
    }

    [Fact]
    public async Task The_last_report_says_that_the_stream_has_ended_and_the_lease_is_given_back()
    {
        var call = Open();
        await call.AskAsync(XdsType.Cluster);
        await _server.Reporter.WaitFor(report => report.IsConnected);
        _server.Directory.Leases.ShouldBe(1);

        call.Dispose();

        await _server.Reporter.WaitFor(report => !report.IsConnected);
        SpinWait.SpinUntil(() => _server.Directory.Leases == 0, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    [Fact]
    public async Task R02_a_node_that_changes_ends_the_stream_and_an_equal_one_does_not()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Listener("l")));
        using var call = Open();
        await call.AskAsync(XdsType.Cluster);
        await call.GetAsync(XdsType.Cluster);
        await call.SendAsync(new DiscoveryRequest { Node = AdsCall.NodeOf(), TypeUrl = XdsType.Listener.TypeUrl() });
        await call.GetAsync(XdsType.Listener);

        await call.SendAsync(
            new DiscoveryRequest { Node = AdsCall.NodeOf("other"), TypeUrl = XdsType.Secret.TypeUrl() });

        (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_type_that_is_not_served_is_ignored_and_an_empty_one_ends_the_stream()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var call = Open();
        await call.SendAsync(new DiscoveryRequest
        {
            TypeUrl = "type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration",
        });
        await call.AskAsync(XdsType.Cluster);
        await call.GetAsync(XdsType.Cluster);

        await call.SendAsync(new DiscoveryRequest());

        (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task A_client_that_closes_its_side_gets_the_rest_and_a_clean_end()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var call = Open();
        await call.AskAsync(XdsType.Cluster);
        await call.Requests.CompleteAsync();

        await call.GetAsync(XdsType.Cluster);
        await call.GetCleanEndAsync();
    }

    [Fact]
    public async Task When_the_server_stops_its_streams_end_and_the_stop_does_not_wait()
    {
        using var call = Open();
        await call.AskAsync(XdsType.Cluster);
        await _server.Reporter.WaitFor(report => report.IsConnected);

        var stop = _server.StopAsync();

        (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.Unavailable);
        await stop.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    private AdsCall Open() => new(_server.Client(), AdsCall.NodeOf());
}
