using Envoy.Service.Discovery.V3;
using Envoy.Service.Route.V3;
using Grpc.Core;
using Shouldly;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests;

/// <summary>The services of one type: streams and unary requests.</summary>
public sealed class PerTypeTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public static TheoryData<XdsType> Types => [.. TypeService.Types];

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(options => options.FetchPatience = TimeSpan.FromMilliseconds(50));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Types))]
    public async Task R01_a_stream_brings_the_resources_of_its_type_and_their_changes(XdsType type)
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Resource(type, "a", "v1"), Make.Resource(Other(type), "o", "v1")));
        using var call = Open(type);
        await call.AskAsync(type);
        var first = await call.GetAsync(type);
        first.Resources.Single().Value.ToStringUtf8().ShouldBe("a=v1");
        await call.AckAsync(first);

        _server.Cell().Publish(Make.Snapshot(2, Make.Resource(type, "a", "v2"), Make.Resource(Other(type), "o", "v1")));

        (await call.GetAsync(type)).Resources.Single().Value.ToStringUtf8().ShouldBe("a=v2");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_stream_fills_in_its_type_and_refuses_another(XdsType type)
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Resource(type, "a", "v1"), Make.Resource(Other(type), "o", "v1")));
        using var call = Open(type);
        await call.SendAsync(new DiscoveryRequest());
        await call.GetAsync(type);

        await call.AskAsync(Other(type));

        var end = await call.GetEndAsync();
        end.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        end.Status.Detail.ShouldBe(
            $"SD4006: this service serves {type.TypeUrl()}; the request names {Other(type).TypeUrl()}");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task R01_an_incremental_stream_brings_changes_and_removals_of_its_type(XdsType type)
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Resource(type, "a", "v1"), Make.Resource(Other(type), "o", "v1")));
        using var call = OpenDelta(type);
        await call.SubscribeAsync(type, "a", "b");
        var first = await call.GetAsync(type);
        await call.AckAsync(first);
        first.Resources.Single().Resource_.Value.ToStringUtf8().ShouldBe("a=v1");
        // A new route configuration goes alone.
        var absent = first.RemovedResources.Count > 0 ? first : await call.GetAsync(type);
        absent.RemovedResources.ShouldBe(["b"]);
        if (absent != first) await call.AckAsync(absent);

        _server.Cell().Publish(Make.Snapshot(2, Make.Resource(type, "b", "v2"), Make.Resource(Other(type), "o", "v1")));

        (await call.GetAsync(type)).Resources.Single().Resource_.Value.ToStringUtf8().ShouldBe("b=v2");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task An_incremental_stream_refuses_another_type(XdsType type)
    {
        using var call = OpenDelta(type);

        await call.SubscribeAsync(Other(type));

        (await call.GetEndAsync()).StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task VHDS_is_spoken_and_has_no_virtual_host()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        var client = new VirtualHostDiscoveryService.VirtualHostDiscoveryServiceClient(_server.Connect());
        using var call = new DeltaCall(
            client.DeltaVirtualHosts(cancellationToken: TestContext.Current.CancellationToken), AdsCall.NodeOf());

        await call.SubscribeAsync(XdsType.VirtualHost);
        var all = await call.GetAsync(XdsType.VirtualHost);
        await call.AckAsync(all);
        await call.SubscribeAsync(XdsType.VirtualHost, "r1/host");

        all.Resources.ShouldBeEmpty();
        (await call.GetAsync(XdsType.VirtualHost)).RemovedResources.ShouldBe(["r1/host"]);
    }

    [Fact]
    public async Task What_a_client_rejected_of_one_type_is_remembered_though_its_stream_of_another_ends()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a", "bad"), Make.Listener("l")));
        var clusters = OpenDelta(XdsType.Cluster);
        await clusters.SubscribeAsync(XdsType.Cluster);
        await clusters.NackAsync(await clusters.GetAsync(XdsType.Cluster), "cluster a is bad");
        var listeners = OpenDelta(XdsType.Listener);
        await listeners.SubscribeAsync(XdsType.Listener);
        await listeners.AckAsync(await listeners.GetAsync(XdsType.Listener));
        await _server.Reporter.WaitFor(report => report.Types.Values.Any(status => status.Rejection is not null));
        End(clusters);
        End(listeners);

        using var again = OpenDelta(XdsType.Cluster);
        await again.ReconnectAsync(XdsType.Cluster, [], new Dictionary<string, string> { ["other"] = "1.1-0" });

        (await again.GetAsync(XdsType.Cluster)).Resources.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Fetch_answers_once_all_or_what_was_named(XdsType type)
    {
        _server.Cell().Publish(Make.Snapshot(
            4, Make.Resource(type, "a", "v1"), Make.Resource(type, "b", "v1"), Make.Resource(Other(type), "o", "v1")));
        var all = await FetchAsync(type, new DiscoveryRequest());
        var named = await FetchAsync(type, new DiscoveryRequest { ResourceNames = { "b", "nobody" } });

        all.TypeUrl.ShouldBe(type.TypeUrl());
        all.Nonce.ShouldBeEmpty();
        all.VersionInfo.ShouldStartWith("1.4-");
        all.Resources.Select(resource => resource.Value.ToStringUtf8()).ShouldBe(["a=v1", "b=v1"]);
        named.Resources.Select(resource => resource.Value.ToStringUtf8()).ShouldBe(["b=v1"]);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Fetch_says_that_nothing_is_new_whatever_the_generation(XdsType type)
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Resource(type, "a", "v1")));
        var first = await FetchAsync(type, new DiscoveryRequest());
        _server.Cell().Publish(Make.Snapshot(2, Make.Resource(type, "a", "v1"), Make.Resource(Other(type), "o", "v2")));

        var again = await Should.ThrowAsync<RpcException>(
            () => FetchAsync(type, new DiscoveryRequest { VersionInfo = first.VersionInfo }));

        again.StatusCode.ShouldBe(StatusCode.Unknown);
        again.Status.Detail.ShouldBe("skip fetch: version up to date");
    }

    [Fact]
    public async Task Fetch_brings_a_name_that_is_asked_for_anew_under_an_old_version()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Endpoints("a"), Make.Endpoints("b")));
        var first = await FetchAsync(
            XdsType.ClusterLoadAssignment, new DiscoveryRequest { ResourceNames = { "a" } });

        var wider = await FetchAsync(
            XdsType.ClusterLoadAssignment,
            new DiscoveryRequest { ResourceNames = { "a", "b" }, VersionInfo = first.VersionInfo });

        wider.Resources.Count.ShouldBe(2);
    }

    [Fact]
    public async Task I1_a_client_of_a_newer_generation_is_told_nothing_older()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a", "old")));
        var newer = new TypeVersion(new Generation(1, 9), ListHash.Of([])).ToString();

        var refusal = await Should.ThrowAsync<RpcException>(
            () => FetchAsync(XdsType.Cluster, new DiscoveryRequest { VersionInfo = newer }));

        refusal.StatusCode.ShouldBe(StatusCode.Unknown);
    }

    [Fact]
    public async Task I2_Fetch_without_a_snapshot_is_unavailable_not_empty()
    {
        var refusal = await Should.ThrowAsync<RpcException>(() => FetchAsync(XdsType.Cluster, new DiscoveryRequest()));

        refusal.StatusCode.ShouldBe(StatusCode.Unavailable);
        refusal.Status.Detail.ShouldBe("SD4012: there is no snapshot for ns~p");
    }

    [Fact]
    public async Task Fetch_of_another_type_is_refused()
    {
        var refusal = await Should.ThrowAsync<RpcException>(
            () => FetchAsync(XdsType.Cluster, new DiscoveryRequest { TypeUrl = XdsType.Secret.TypeUrl() }));

        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task Fetch_without_a_role_gets_the_fallback()
    {
        var service = TypeService.Of(XdsType.Listener, _server.Connect());

        var response = await service.Fetch(new DiscoveryRequest { Node = AdsCall.NodeOf(role: null) });

        response.VersionInfo.ShouldBe("unversioned");
        response.Resources.Count.ShouldBe(1);
    }

    private static XdsType Other(XdsType type) => type == XdsType.Secret ? XdsType.Cluster : XdsType.Secret;

    private AdsCall Open(XdsType type) =>
        new(TypeService.Of(type, _server.Connect()).Stream(), AdsCall.NodeOf());

    private DeltaCall OpenDelta(XdsType type) =>
        new(TypeService.Of(type, _server.Connect()).Delta(), AdsCall.NodeOf());

    private void End(DeltaCall call)
    {
        var before = _server.Directory.Leases;
        call.Dispose();
        SpinWait.SpinUntil(() => _server.Directory.Leases < before, TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }

    private async Task<DiscoveryResponse> FetchAsync(XdsType type, DiscoveryRequest request)
    {
        request.Node = AdsCall.NodeOf();
        return await TypeService.Of(type, _server.Connect()).Fetch(request);
    }
}
