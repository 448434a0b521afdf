using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Resources;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>
/// A stream per type, or REST. There nobody orders one type after another, so a route moves to a new cluster only when
/// Envoy has it.
/// </summary>
public sealed class PerTypeTests(Gateways gateways)
{
    /// <summary>Both versions of Envoy, in every way but ADS.</summary>
    public static TheoryData<string, string> Others { get; } = new()
    {
        { "1.40.0", Variants.DeltaPerType }, { "1.36.4", Variants.SotwPerType }, { "1.40.0", Variants.Rest },
        { "1.36.4", Variants.DeltaPerType }, { "1.40.0", Variants.SotwPerType }, { "1.36.4", Variants.Rest },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public Task Everything_changes_under_load(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var (a, b) = (played.Gateway.A, played.Gateway.B);
            await played.ApplyAsync(Recipes.Endpoints(Base, b));
            await played.AnswersAsync("/", b.Name);
            await played.ApplyAsync(
                Recipes.EdsCluster(Base, cluster => cluster.ConnectTimeout = Recipes.Duration(7)));
            await ClusterAsync(played, "\"connect_timeout\": \"7s\"");

            await played.ApplyAsync(Recipes.EdsCluster("next"), Recipes.Endpoints("next", a));
            await ClusterAsync(played, "\"name\": \"next\"");
            await played.ApplyAsync(HttpRecipes.Routes(Routes, ("/", "next")));
            await played.AnswersAsync("/", a.Name);

            await played.ApplyAsync(
                HttpRecipes.Listener(Listener, played.Gateway.Port, Routes, serverName: "changed"));
            await Wait.UntilAsync("the new server name", async () =>
                (await played.Gateway.Http.GetAsync("/")).Headers.GetValueOrDefault("server") == "changed");

            await played.ApplyAsync(HttpRecipes.Routes(Routes, ("/", Base)));
            await played.AnswersAsync("/", b.Name);
            played.Remove(XdsType.Cluster, "next");
            await Wait.UntilAsync("the cluster to be gone", async () =>
                !(await played.Gateway.Envoy.AdminAsync("/clusters")).Contains("next::", StringComparison.Ordinal));
            await played.MustAnswerAsync("/", b.Name);
            if (variant == Variants.Rest)
            {
                (await played.Gateway.Envoy.StatsAsync("^cluster.rest_cluster.upstream_rq_304$")).Values.Sum()
                    .ShouldBeGreaterThan(0, "what the client has is not sent again");
            }
        });

    [Theory]
    [MemberData(nameof(Others))]
    public Task Rejected_routes_leave_the_old_ones_and_good_ones_replace_them(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            played.PlannedRejections = variant == Variants.Rest ? 0 : 1;
            var rejected = await RejectedAsync(played);
            played.Publish(HttpRecipes.BadRoutes(Routes, Base));
            await Wait.UntilAsync("the rejection", async () => await RejectedAsync(played) > rejected);

            played.Publish(Recipes.Endpoints(Base, played.Gateway.B));
            await played.AnswersAsync("/", played.Gateway.B.Name);
            await played.ApplyAsync(HttpRecipes.Routes(Routes, ("/good", Base), ("/", Base)));
            await played.AnswersAsync("/good", played.Gateway.B.Name);
        });

    [Theory]
    [MemberData(nameof(Others))]
    public Task Connections_are_cut_and_what_changed_is_made_up_for(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.Gateway.Relay.CloseAsync();
            var stream = played.Tap.Streams;
            played.Publish(
                Recipes.Endpoints(Base, played.Gateway.B), HttpRecipes.Routes(Routes, ("/new", Base), ("/", Base)));
            played.Gateway.Relay.Open();
            await played.AnswersAsync("/new", played.Gateway.B.Name);
            await played.Gateway.SettledAsync();
            await played.MustAnswerAsync("/", played.Gateway.B.Name);
            if (!played.Gateway.IsDelta) return;
            // What went into the old streams after their end does not count.
            played.Sent().Where(e => e.Stream > stream).SelectMany(e => e.Names).Order().ShouldBe([Base, Routes]);
        });

    private static async Task<long> RejectedAsync(Case played) =>
        (await played.Gateway.Envoy.StatsAsync($"rds.{Routes}.update_rejected")).Values.Sum();

    private static Task ClusterAsync(Case played, string text) => Wait.UntilAsync(
        $"an active cluster with {text}", async () =>
            (await played.Gateway.Envoy.AdminAsync("/config_dump?resource=dynamic_active_clusters"))
                .Contains(text, StringComparison.Ordinal));
}
