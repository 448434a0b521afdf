using System.Collections.Immutable;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Resources;
using Stagedoor.Xds.Acceptance.Wire;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>Streams that break, from either side; traffic does not notice.</summary>
public sealed class ReconnectTests(Gateways gateways)
{
    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_stream_that_is_cut_comes_back_and_an_incremental_client_gets_nothing_again(
        string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await BackAsync(played, () =>
            {
                played.Gateway.Relay.Cut();
                return Task.CompletedTask;
            });
            if (played.Gateway.IsDelta) played.Sent().ShouldBeEmpty();
            await played.ApplyAsync(Recipes.Endpoints(Base, played.Gateway.B));
            await played.AnswersAsync("/", played.Gateway.B.Name);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task Another_server_sends_nothing_again_to_an_incremental_client(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await BackAsync(played, played.Gateway.ReplaceServerAsync);
            if (played.Gateway.IsDelta) played.Sent().ShouldBeEmpty();
            await played.ApplyAsync(Recipes.Endpoints(Base, played.Gateway.B));
            await played.AnswersAsync("/", played.Gateway.B.Name);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task What_changed_while_it_was_away_is_made_up_for(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await played.ApplyAsync(
                Recipes.EdsCluster("away-old"), Recipes.Endpoints("away-old", played.Gateway.A),
                HttpRecipes.Routes(Routes, ("/old", "away-old"), ("/", Base)));
            var (mark, stream) = (played.Tap.Mark, played.Tap.Streams);
            await BackAsync(played, async () =>
            {
                await played.Gateway.Relay.CloseAsync();
                await played.MustAnswerAsync("/", played.Gateway.A.Name);
                played.World.Publish(
                    [
                        Recipes.EdsCluster("away-new"), Recipes.Endpoints("away-new", played.Gateway.B),
                        HttpRecipes.Routes(Routes, ("/new", "away-new"), ("/", Base)),
                    ],
                    (XdsType.Cluster, "away-old"), (XdsType.ClusterLoadAssignment, "away-old"));
                played.Gateway.Relay.Open();
            });
            await played.AnswersAsync("/new", played.Gateway.B.Name);
            await played.AnswersAsync("/", played.Gateway.A.Name);
            await Wait.UntilAsync("the old cluster to be gone", async () =>
                !(await played.Gateway.Envoy.AdminAsync("/clusters")).Contains("away-old::", StringComparison.Ordinal));
            if (!played.Gateway.IsDelta) return;
            // What went into the old stream after its end does not count.
            var sent = played.Sent(mark).Where(e => e.Stream > stream).ToList();
            sent.SelectMany(e => e.Names.Select(name => $"{e.Type} {name}")).Distinct().Order().ShouldBe(
                ["Cluster away-new", "ClusterLoadAssignment away-new", $"RouteConfiguration {Routes}"]);
            played.Tap.Since(mark).Where(e => e.Stream > stream && e.IsResponseOf(XdsType.Cluster))
                .SelectMany(e => e.Removed).ShouldContain("away-old");
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task On_the_wire_a_reconnect_says_what_is_held(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await BackAsync(played, () =>
            {
                played.Gateway.Relay.Cut();
                return Task.CompletedTask;
            });
            var first = played.Tap.Since(played.Mark).Where(e => e.IsRequest).GroupBy(e => e.Type)
                .ToImmutableDictionary(type => type.Key, type => type.First());
            first.Values.ShouldAllBe(e => e.Nonce.Length == 0);
            first[XdsType.Cluster].HasNode.ShouldBeTrue();
            first[XdsType.Cluster].Names.ShouldBeEmpty("the wildcard is an empty list");
            first[XdsType.ClusterLoadAssignment].Names.ShouldBe([Base]);
            if (played.Gateway.IsDelta)
            {
                first[XdsType.Cluster].Held.Keys.ShouldBe([Base]);
                first[XdsType.ClusterLoadAssignment].Held.Keys.ShouldBe([Base]);
                first[XdsType.Listener].Held.Keys.ShouldBe([Listener]);
            }
            else
            {
                first[XdsType.Cluster].Version.ShouldNotBeEmpty();
                first[XdsType.Listener].Version.ShouldNotBeEmpty();
            }
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public async Task An_Envoy_that_dies_is_reported_and_the_next_one_gets_everything_in_order(
        string version, string variant)
    {
        await using var gateway = await Gateway.StartAsync(version, variant);
        var first = gateway.Tap.Since(0);
        var reports = gateway.Reports.Mark;
        var mark = gateway.Tap.Mark;

        await gateway.ReplaceEnvoyAsync();
        await gateway.Reports.WaitForAsync("the end of the stream", reports, report => !report.IsConnected);
        await gateway.Envoy.UntilReadyAsync();
        await gateway.SettledAsync();

        (await gateway.Http.GetAsync("/")).Body.ShouldBe(gateway.A.Name);
        foreach (var start in new[] { first, gateway.Tap.Since(mark) }) MustBeAStart(start, version, gateway.IsDelta);
    }

    // envoy.md 3.1: what a fresh Envoy says, in which order.
    private static void MustBeAStart(IReadOnlyList<WireEvent> events, string version, bool isDelta)
    {
        var requests = events.Where(e => e.IsRequest).ToList();
        requests.Select(e => e.Type).Distinct().ShouldBe(
        [
            XdsType.Cluster, XdsType.ClusterLoadAssignment, XdsType.Listener, XdsType.RouteConfiguration,
        ]);
        requests[0].Names.ShouldBeEmpty("the wildcard is an empty list");
        requests[0].HasNode.ShouldBeTrue();
        requests.Skip(1).Count(e => e.HasNode).ShouldBe(
            isDelta && version.StartsWith("1.36", StringComparison.Ordinal) ? requests.Count - 1 : 0);
        requests.Where(e => e.Nonce.Length == 0).ShouldAllBe(e => e.Version.Length == 0 && e.Held.Count == 0);
        requests.ShouldAllBe(e => e.Error == null);
        var listeners = requests.First(e => e.Type == XdsType.Listener);
        var clusters = events.First(e => e.IsResponseOf(XdsType.Cluster));
        events.ShouldContain(e => e.Accepts(clusters) && e.At <= listeners.At, "listeners come after warm clusters");
    }

    // Does what breaks the stream; returns when the Envoy is back and in step.
    private static async Task BackAsync(Case played, Func<Task> disturb)
    {
        var stream = played.Tap.Streams;
        await disturb();
        foreach (var type in new[] { XdsType.Cluster, XdsType.Listener, XdsType.RouteConfiguration })
        {
            await played.Tap.WaitForAsync(
                $"{type} on another stream", played.Mark, e => e.Stream > stream && e.IsRequestOf(type));
        }

        await played.Gateway.SettledAsync();
        await played.MustAnswerAsync("/", played.Gateway.A.Name, 1);
    }
}
