using System.Diagnostics;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Resources;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>Upstreams whose name server is slow or silent.</summary>
public sealed class DnsTests(Gateways gateways)
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task An_upstream_is_edited_under_load_while_its_name_server_is_slow(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await MoveAsync(played, "slow.test");
            played.Gateway.Dns.Delay("slow.test", Slow);
            for (var i = 0; i < 2; i++)
            {
                await played.ApplyAsync(Recipes.DnsCluster(
                    "named", "slow.test", played.Gateway.B.Port,
                    cluster => cluster.ConnectTimeout = Recipes.Duration(6 + i)));
            }

            await played.MustAnswerAsync("/", played.Gateway.B.Name);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task An_upstream_is_edited_under_load_while_its_name_server_loses_queries(
        string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            await MoveAsync(played, "mute.test");
            played.Gateway.Dns.Delay("mute.test", Timeout.InfiniteTimeSpan);
            var queries = played.Gateway.Dns.Queries("mute.test");
            played.Publish(Recipes.DnsCluster(
                "named", "mute.test", played.Gateway.B.Port,
                cluster => cluster.ConnectTimeout = Recipes.Duration(6)));
            // The first query stays without an answer; the next one gets it. A name server that answers none of them
            // costs Envoy the addresses, whatever the control plane does.
            await Wait.UntilAsync("a query", () =>
                Task.FromResult(played.Gateway.Dns.Queries("mute.test") > queries));
            played.Gateway.Dns.Delay("mute.test", TimeSpan.Zero);
            await played.Gateway.SettledAsync();
            await played.MustAnswerAsync("/", played.Gateway.B.Name);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task A_start_with_a_silent_name_server_is_ready_soon(string version, string variant) =>
        StartAsync(version, variant);

    private static async Task StartAsync(string version, string variant)
    {
        await using var gateway = await Gateway.PrepareAsync(version, variant);
        gateway.Dns.Delay("silent.test", Timeout.InfiniteTimeSpan);
        gateway.World.Publish([Recipes.DnsCluster("named", "silent.test", gateway.B.Port)]);

        var watch = Stopwatch.StartNew();
        await gateway.StartEnvoyAsync();
        await gateway.Envoy.UntilReadyAsync();
        // 7 s, and some for a busy machine; Envoy's own default is two minutes.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        gateway.Dns.Queries("silent.test").ShouldBeGreaterThan(0);
        (await gateway.Http.GetAsync("/")).Body.ShouldBe(gateway.A.Name);
    }

    private static async Task MoveAsync(Case played, string host)
    {
        await played.ApplyAsync(
            Recipes.DnsCluster("named", host, played.Gateway.B.Port), HttpRecipes.Routes(Routes, ("/", "named")));
        await played.AnswersAsync("/", played.Gateway.B.Name);
    }
}
