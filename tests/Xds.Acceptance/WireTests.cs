using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Resources;
using Stagedoor.Xds.Acceptance.Wire;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>What the server builds on: how Envoy behaves on the wire, and that the server copes.</summary>
public sealed class WireTests(Gateways gateways)
{
    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_changed_EDS_cluster_is_not_asked_for_again_by_delta_and_with_an_old_nonce_by_sotw(
        string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.ApplyAsync(
                Recipes.EdsCluster(Base, cluster => cluster.ConnectTimeout = Recipes.Duration(8)));

            var asked = EndpointRequests(played).Where(e => !IsAnswerTo(played, e)).ToList();
            if (played.Gateway.IsDelta)
            {
                asked.ShouldBeEmpty();
            }
            else
            {
                asked.ShouldHaveSingleItem().Names.ShouldBe([Base]);
                asked[0].Nonce.ShouldNotBeEmpty();
            }

            played.Sent().Count(e => e.Type == XdsType.ClusterLoadAssignment).ShouldBe(1);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_second_cluster_with_the_same_endpoints_is_warm_at_once(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            played.Publish(
                Recipes.EdsCluster("twin", assignment: Base), HttpRecipes.Routes(Routes, ("/", "twin")));
            var clusters = await played.Tap.WaitForAsync(
                "the twin to be sent", played.Mark, e => e.IsResponseOf(XdsType.Cluster));
            var accepted = await played.Tap.WaitForAsync("its acceptance", played.Mark, e => e.Accepts(clusters));
            (accepted.At - clusters.At).ShouldBeLessThan(TimeSpan.FromSeconds(7));
            await played.Gateway.SettledAsync();
            await played.MustAnswerAsync("/", played.Gateway.A.Name);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_second_listener_with_the_same_routes_is_open_without_a_request(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var port = Ports.Take();
            var http = played.Own(new HttpProbe(port));
            await played.ApplyAsync(HttpRecipes.Listener("second", port, Routes));
            await played.AnswersAsync("/", played.Gateway.A.Name, http);
            played.Tap.Since(played.Mark).ShouldNotContain(e => e.Type == XdsType.RouteConfiguration);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task Assignments_that_nobody_asked_for_are_not_sent(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.ApplyAsync(
                Recipes.Endpoints("nobody", played.Gateway.B), Recipes.Endpoints(Base, played.Gateway.B));
            await played.AnswersAsync("/", played.Gateway.B.Name);
            played.Sent().ShouldHaveSingleItem().Names.ShouldBe([Base]);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task Eight_megabytes_of_routes_are_taken_in_one_response(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.ApplyAsync(HttpRecipes.ManyRoutes(Routes, Base, 8_000_000));
            played.Sent().ShouldHaveSingleItem();
            await played.MustAnswerAsync("/", played.Gateway.A.Name);
        });

    private static IEnumerable<WireEvent> EndpointRequests(Case played) =>
        played.Tap.Since(played.Mark).Where(e => e.IsRequestOf(XdsType.ClusterLoadAssignment));

    private static bool IsAnswerTo(Case played, WireEvent request) =>
        played.Sent().Any(response => request.Accepts(response));
}
