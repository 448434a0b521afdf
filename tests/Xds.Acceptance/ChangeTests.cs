using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Backends;
using Stagedoor.Xds.Acceptance.Resources;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>Every kind of change under load; no request fails.</summary>
public sealed class ChangeTests(Gateways gateways)
{
    // A cluster whose endpoints are not sent again warms for 15 s: anything far below shows that they were.
    private static readonly TimeSpan MuchLessThanWarming = TimeSpan.FromSeconds(7);

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task Endpoints_move_and_nothing_else_is_sent(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.ApplyAsync(Recipes.Endpoints(Base, played.Gateway.B));

            await played.AnswersAsync("/", played.Gateway.B.Name);
            var sent = played.Sent().ShouldHaveSingleItem();
            sent.Type.ShouldBe(XdsType.ClusterLoadAssignment);
            sent.Names.ShouldBe([Base]);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task Routes_change_ten_times(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            for (var i = 0; i < 10; i++)
            {
                var path = string.Create(CultureInfo.InvariantCulture, $"/r{i}");
                await played.ApplyAsync(HttpRecipes.Routes(Routes, (path, Base), ("/", Base)));
            }

            played.Sent().Count.ShouldBe(10);
            await played.MustAnswerAsync("/r9", played.Gateway.A.Name);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_policy_on_an_EDS_cluster_is_in_force_at_once_and_routes_added_meanwhile_work(
        string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var watch = Stopwatch.StartNew();
            played.Publish(
                Recipes.EdsCluster(Base, cluster => cluster.ConnectTimeout = Recipes.Duration(7)),
                HttpRecipes.Routes(Routes, ("/new", Base), ("/", Base)));
            // Envoy answers when the cluster is warm (envoy.md 0, rule 2).
            var clusters = await played.Tap.WaitForAsync(
                "the cluster to be sent", played.Mark, e => e.IsResponseOf(XdsType.Cluster));
            await played.Tap.WaitForAsync("its acceptance", played.Mark, e => e.Accepts(clusters));
            watch.Elapsed.ShouldBeLessThan(MuchLessThanWarming);
            await played.Tap.WaitForAsync(
                "the routes to be accepted", played.Mark, e => e.IsRequestOf(XdsType.RouteConfiguration));
            await played.MustAnswerAsync("/new", played.Gateway.A.Name);

            played.Sent().Take(2).Select(e => e.Type)
                .ShouldBe([XdsType.Cluster, XdsType.ClusterLoadAssignment], "endpoints follow their cluster");
            (await played.Gateway.Envoy.AdminAsync("/config_dump?resource=dynamic_active_clusters"))
                .ShouldContain("\"connect_timeout\": \"7s\"");
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task An_EDS_cluster_becomes_static(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.ApplyAsync(Recipes.StaticCluster(Base, played.Gateway.B));
            await played.AnswersAsync("/", played.Gateway.B.Name);
            await played.ApplyAsync(Recipes.EdsCluster(Base));
            await played.AnswersAsync("/", played.Gateway.A.Name);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_filter_chain_changes_in_place(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.ApplyAsync(
                HttpRecipes.Listener(Listener, played.Gateway.Port, Routes, serverName: "changed"));

            await Wait.UntilAsync("the new server name", async () =>
                (await played.Gateway.Http.GetAsync("/")).Headers.GetValueOrDefault("server") == "changed");
            var stats = await played.Gateway.Envoy.StatsAsync("listener_in_place_updated");
            stats.Values.Sum().ShouldBeGreaterThan(0);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_listener_comes_is_renamed_on_its_address_and_goes(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var port = Ports.Take();
            var http = played.Own(new HttpProbe(port));
            await played.ApplyAsync(HttpRecipes.Listener("second", port, Routes));
            await played.AnswersAsync("/", played.Gateway.A.Name, http);

            var load = SteadyLoad.Start(http, "/");
            var mark = played.Tap.Mark;
            played.World.Publish([HttpRecipes.Listener("renamed", port, Routes)], (XdsType.Listener, "second"));
            await played.Gateway.SettledAsync();
            await played.AnswersAsync("/", played.Gateway.A.Name, http);
            (await load.StopAsync()).Count(request => request.Failure is not null).ShouldBe(0);
            var renamed = played.Sent(mark).ShouldHaveSingleItem();
            renamed.Names.ShouldContain("renamed");
            renamed.Removed.ShouldBe(played.Gateway.IsDelta ? ["second"] : []);

            played.Remove(XdsType.Listener, "renamed");
            await played.Gateway.SettledAsync();
            await Wait.UntilAsync("the port to be closed", async () =>
            {
                try
                {
                    await using var probe = new HttpProbe(port);
                    await probe.GetAsync("/");
                    return false;
                }
                catch (HttpRequestException)
                {
                    return true;
                }
            });
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_cluster_that_cannot_get_warm_holds_nothing_up(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var silent = played.Own(await Backend.StartAsync("silent.test", healthDelay: TimeSpan.FromMinutes(1)));
            played.Publish(Recipes.CheckedCluster(
                "ghost", silent, cluster => cluster.HealthChecks[0].Timeout = Recipes.Duration(60)));
            var ghost = await played.Tap.WaitForAsync(
                "the ghost", played.Mark, e => e.IsResponseOf(XdsType.Cluster) && e.Names.Contains("ghost"));

            var watch = Stopwatch.StartNew();
            played.Publish(
                Recipes.EdsCluster("new"), Recipes.Endpoints("new", played.Gateway.B),
                Recipes.Endpoints(Base, played.Gateway.B),
                HttpRecipes.Routes(Routes, ("/new", "new"), ("/", Base)));
            await played.AnswersAsync("/", played.Gateway.B.Name);
            await played.AnswersAsync("/new", played.Gateway.B.Name);
            played.Publish(Recipes.Endpoints("new", played.Gateway.A));
            await played.AnswersAsync("/new", played.Gateway.A.Name);
            watch.Elapsed.ShouldBeLessThan(MuchLessThanWarming);
            played.Tap.Since(played.Mark).ShouldNotContain(
                e => e.Accepts(ghost), "Envoy withholds the answer while a cluster warms");

            played.Remove(XdsType.Cluster, "ghost");
            await played.Gateway.SettledAsync();
        });
}
