using Shouldly;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests;

public sealed class DeltaAdsTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.StartAsync(options => options.ReportInterval = TimeSpan.Zero);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_client_gets_what_changed_with_name_version_and_bytes()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Listener("a"), Make.Listener("b")));
        using var call = Open();
        await call.SubscribeAsync(XdsType.Listener);
        var first = await call.GetAsync(XdsType.Listener);
        await call.AckAsync(first);
        first.SystemVersionInfo.ShouldBe("1.1");
        first.Resources.Select(resource => resource.Name).Order().ShouldBe(["a", "b"]);

        var changed = Make.Listener("b", "v2");
        _server.Cell().Publish(Make.Snapshot(2, changed));
        var second = await call.GetAsync(XdsType.Listener);

        second.RemovedResources.ShouldBe(["a"]);
        var resource = second.Resources.ShouldHaveSingleItem();
        resource.Name.ShouldBe("b");
        resource.Version.ShouldBe($"1.2-{changed.Hash}");
        resource.Resource_.TypeUrl.ShouldBe(XdsType.Listener.TypeUrl());
        resource.Resource_.Value.ToByteArray().ShouldBe(changed.Bytes.ToArray());
    }

    [Fact]
    public async Task A_reconnected_client_with_equal_contents_gets_an_empty_answer()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
        using var call = Open();

        await call.ReconnectAsync(
            XdsType.Cluster, [], new Dictionary<string, string> { ["a"] = $"1.1-{Make.Cluster("a").Hash}" });

        var response = await call.GetAsync(XdsType.Cluster);
        response.Resources.ShouldBeEmpty();
        response.RemovedResources.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reconnecting_client_with_100_000_resources_is_accepted()
    {
        var hash = Make.Endpoints("any").Hash;
        var versions = Enumerable.Range(0, 100_000).ToDictionary(i => $"namespace_upstream-{i}", _ => $"1.1-{hash}");
        _server.Cell().Publish(Make.Snapshot(1, Make.Endpoints("namespace_upstream-7", "new")));
        using var call = Open();

        await call.ReconnectAsync(XdsType.ClusterLoadAssignment, ["namespace_upstream-7"], versions);

        (await call.GetAsync(XdsType.ClusterLoadAssignment)).Resources.ShouldHaveSingleItem()
            .Name.ShouldBe("namespace_upstream-7");
    }

    [Fact]
    public async Task What_a_node_took_of_a_rejected_response_is_repaired_when_it_comes_back()
    {
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a"), Make.Cluster("b")));
        var call = Open();
        await call.SubscribeAsync(XdsType.Cluster);
        await call.AckAsync(await call.GetAsync(XdsType.Cluster));
        _server.Cell().Publish(Make.Snapshot(2, Make.Cluster("a", "v2"), Make.Cluster("b", "bad")));
        await call.NackAsync(await call.GetAsync(XdsType.Cluster), "Error adding/updating cluster(s) b: bad");
        await _server.Reporter.WaitFor(
            report => report.Types.GetValueOrDefault(XdsType.Cluster)?.Rejection is not null);
        call.Dispose();
        await _server.Reporter.WaitFor(report => !report.IsConnected);
        _server.Cell().Publish(Make.Snapshot(3, Make.Cluster("a"), Make.Cluster("b", "bad")));

        using var again = Open();
        await again.ReconnectAsync(XdsType.Cluster, [], new Dictionary<string, string>
        {
            ["a"] = $"1.1-{Make.Cluster("a").Hash}",
            ["b"] = $"1.1-{Make.Cluster("b").Hash}",
        });

        // It may have taken a=v2; and b=bad is not offered a third time.
        (await again.GetAsync(XdsType.Cluster)).Resources.ShouldHaveSingleItem().Name.ShouldBe("a");
    }

    private DeltaCall Open() => new(_server.Client(), AdsCall.NodeOf());
}
