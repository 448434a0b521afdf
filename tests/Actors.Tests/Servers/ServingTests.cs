using System.Text;
using Shouldly;
using Stagedoor.Api;
using Stagedoor.Xds;
using Xunit;

namespace Stagedoor.Actors.Tests.Servers;

/// <summary>Catalog in, snapshots out, through every actor and the SQLite journal.</summary>
public sealed class ServingTests
{
    private const string Proxy = "gloo-system~gateway-proxy";

    private static ToyResource Route(string content) =>
        new(Proxy, XdsType.RouteConfiguration, "listener-::-8080-routes", content);

    private static ToyResource Endpoints(string content) =>
        new(Proxy, XdsType.ClusterLoadAssignment, "petstore", content);

    [Fact]
    public async Task A_change_of_the_catalog_becomes_a_newer_snapshot()
    {
        using var data = new TemporaryData();
        await using var server = await TestServer.StartAsync(data.Path);
        using var lease = server.Directory.Open(Proxy);

        server.Put(Route("one"), Endpoints("1.2.3.4"));
        var first = await TestServer.Until(lease.Cell, _ => true);
        server.Put(Route("two"));
        var second = await TestServer.Until(lease.Cell, snapshot => snapshot.Generation > first.Generation);

        Content(first, XdsType.RouteConfiguration).ShouldBe("one");
        Content(second, XdsType.RouteConfiguration).ShouldBe("two");
        second.OfType(XdsType.ClusterLoadAssignment).ShouldBeSameAs(first.OfType(XdsType.ClusterLoadAssignment));
        var info = await server.Until(
            control => control.Proxies.FirstOrDefault(info => info.Generation == second.Generation));
        info.IsDurable.ShouldBeTrue();
        info.Count(XdsType.RouteConfiguration).ShouldBe(1);
        server.Control.Diagnostics.ShouldBeEmpty();
        server.Control.Reports.Select(report => report.Resource).ShouldContain(Route("").Key);
    }

    [Fact]
    public async Task Rule_I2_before_the_sources_have_answered_there_is_silence()
    {
        using var data = new TemporaryData();
        await using var server = await TestServer.StartAsync(data.Path);
        using var lease = server.Directory.Open(Proxy);

        var step = ToyTranslation.Step(server.Catalog.Current, [Route("one")], []);
        server.Catalog.Update(view => new CatalogChange(
            view.With([step.View.Find(Route("").Key)!], [], [], isSynced: false), step.Changed));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        lease.Cell.Current.ShouldBeNull();
        server.Catalog.Update(view => new CatalogChange(view.With([], [], [], isSynced: true), []));

        Content(await TestServer.Until(lease.Cell, _ => true), XdsType.RouteConfiguration).ShouldBe("one");
    }

    [Fact]
    public async Task Rule_I7_after_a_kill_the_last_snapshot_is_served_before_any_source_has_answered()
    {
        using var data = new TemporaryData();
        var server = await TestServer.StartAsync(data.Path);
        Snapshot last;
        using (var lease = server.Directory.Open(Proxy))
        {
            server.Put(Route("one"), Endpoints("1.2.3.4"));
            await TestServer.Until(lease.Cell, _ => true);
            server.Put(Route("two"));
            last = await TestServer.Until(
                lease.Cell, snapshot => Content(snapshot, XdsType.RouteConfiguration) == "two");
        }

        await server.KillAsync();
        SqliteJournal.HasProxies(data.Path).ShouldBeTrue();
        await using var next = await TestServer.StartAsync(data.Path);
        using var again = next.Directory.Open(Proxy);
        var served = await TestServer.Until(again.Cell, _ => true);

        served.Generation.ShouldBe(last.Generation);
        Content(served, XdsType.RouteConfiguration).ShouldBe("two");
        Content(served, XdsType.ClusterLoadAssignment).ShouldBe("1.2.3.4");
        (await next.Until(control => control.Proxies.FirstOrDefault())).IsFromJournal.ShouldBeTrue();

        // The sources answer, with what they said before: a new term, the same contents.
        next.Put(Route("two"), Endpoints("1.2.3.4"));
        var taken = await TestServer.Until(again.Cell, snapshot => snapshot.Generation > last.Generation);
        taken.Generation.Term.ShouldBe(last.Generation.Term + 1);
        taken.OfType(XdsType.RouteConfiguration).ShouldBeSameAs(served.OfType(XdsType.RouteConfiguration));
    }

    [Fact]
    public async Task A_proxy_that_nothing_feeds_any_more_ends_with_an_empty_generation()
    {
        using var data = new TemporaryData();
        await using var server = await TestServer.StartAsync(data.Path);
        using var lease = server.Directory.Open(Proxy);
        server.Put(Route("one"));
        await TestServer.Until(lease.Cell, _ => true);

        server.Delete(Route(""));
        var tombstone = await TestServer.Until(
            lease.Cell, snapshot => snapshot.OfType(XdsType.RouteConfiguration).IsEmpty);

        tombstone.Gone[XdsType.RouteConfiguration].ShouldBe([Route("").Name]);
    }

    [Fact]
    public async Task A_proxy_that_never_existed_stays_silent()
    {
        using var data = new TemporaryData();
        await using var server = await TestServer.StartAsync(data.Path);
        using var lease = server.Directory.Open("gloo-system~nobody");
        using var other = server.Directory.Open(Proxy);

        server.Put(Route("one"));
        await TestServer.Until(other.Cell, _ => true);

        lease.Cell.Current.ShouldBeNull();
        SqliteJournal.Proxies(data.Path).ShouldBe([Proxy]);
    }

    [Fact]
    public async Task A_translation_that_throws_leaves_the_last_configuration_and_is_reported()
    {
        using var data = new TemporaryData();
        await using var server = await TestServer.StartAsync(data.Path);
        using var lease = server.Directory.Open(Proxy);
        server.Put(Route("one"));
        var first = await TestServer.Until(lease.Cell, _ => true);

        server.Put(Route("boom"));
        var trouble = await server.Until(control => control.Diagnostics.FirstOrDefault());
        trouble.Code.ShouldBe("SD5005");
        lease.Cell.Current.ShouldBeSameAs(first);
        server.Put(Route("two"));

        Content(await TestServer.Until(lease.Cell, snapshot => snapshot != first), XdsType.RouteConfiguration)
            .ShouldBe("two");
        await server.Until(control => control.Diagnostics.IsEmpty ? "none" : null);
    }

    [Fact]
    public async Task A_body_of_many_messages_arrives_whole()
    {
        using var data = new TemporaryData();
        await using var server = await TestServer.StartAsync(data.Path);
        using var lease = server.Directory.Open(Proxy);
        var large = new string('x', 3_000_000);

        server.Put(Route(large));

        Content(await TestServer.Until(lease.Cell, _ => true), XdsType.RouteConfiguration).ShouldBe(large);
    }

    [Fact]
    public async Task Rule_I6_a_rejection_is_reported_on_the_input_until_the_content_changes()
    {
        using var data = new TemporaryData();
        await using var server = await TestServer.StartAsync(data.Path);
        using var lease = server.Directory.Open(Proxy);
        server.Put(Route("one"));
        var first = await TestServer.Until(lease.Cell, _ => true);

        server.Reporter.Report(new NodeReport("envoy-1", Proxy, 1)
        {
            IsConnected = true,
            Types = System.Collections.Immutable.ImmutableSortedDictionary<XdsType, NodeTypeStatus>.Empty.Add(
                XdsType.RouteConfiguration,
                new NodeTypeStatus(first.Generation, Generation.None, new NodeRejection(
                    first.Generation, "bad regex", [Route("").Name], DateTimeOffset.UnixEpoch))),
        });
        var report = await server.Until(
            control => control.Reports.FirstOrDefault(report => report.Worst == Severity.Error));
        report.Resource.ShouldBe(Route("").Key);
        report.Diagnostics.Single().Message.ShouldContain("bad regex");
        server.Control.Nodes.Single().IsConnected.ShouldBeTrue();

        server.Put(Route("two"));
        await server.Until(control => control.Reports.All(r => r.Worst == Severity.Info) ? "accepted" : null);
        server.Control.DeadLetters.ShouldBeEmpty();
    }

    private static string Content(Snapshot snapshot, XdsType type) =>
        Encoding.UTF8.GetString(snapshot.OfType(type).Values.Single().Resource.Bytes.Span);
}
