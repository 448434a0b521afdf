using Shouldly;
using Stagedoor.Xds.Acceptance.Backends;
using Stagedoor.Xds.Acceptance.Resources;
using Stagedoor.Xds.Acceptance.Wire;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>A route moves under load to an upstream that comes in the same commit; no request fails.</summary>
public sealed class NewUpstreamTests(Gateways gateways)
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(600);

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task With_endpoints(string version, string variant) => PlayAsync(version, variant, played =>
        Task.FromResult<EncodedResource[]>(
            [Recipes.EdsCluster("next"), Recipes.Endpoints("next", played.Gateway.B)]));

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task With_health_checks(string version, string variant) => PlayAsync(version, variant, async played =>
    {
        var backend = played.Own(await Backend.StartAsync(played.Gateway.B.Name, Slow));
        return [Recipes.CheckedCluster("next", backend)];
    });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task With_a_name_that_is_resolved_slowly(string version, string variant) =>
        PlayAsync(version, variant, played =>
        {
            played.Gateway.Dns.Delay("next.test", Slow);
            return Task.FromResult<EncodedResource[]>(
                [Recipes.DnsCluster("next", "next.test", played.Gateway.B.Port)]);
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task With_mutual_TLS_by_secrets(string version, string variant) =>
        PlayAsync(version, variant, async played =>
        {
            var authority = played.Own(new Authority());
            var backend = played.Own(await Backend.StartMutualTlsAsync(played.Gateway.B.Name, authority));
            return
            [
                Recipes.MutualTlsCluster("next", backend, "next-certificate", "next-authority"),
                TlsRecipes.Certificate("next-certificate", authority.Issue("envoy")),
                TlsRecipes.Trusted("next-authority", authority),
            ];
        });

    private Task PlayAsync(string version, string variant, Func<Case, Task<EncodedResource[]>> upstream) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            EncodedResource[] resources = await upstream(played);
            played.Publish([.. resources, HttpRecipes.Routes(Routes, ("/", "next"))]);
            await played.AnswersAsync("/", played.Gateway.B.Name);
            await played.Gateway.SettledAsync();
            await played.MustAnswerAsync("/", played.Gateway.B.Name);

            // And back, with everything that is new removed in the same commit.
            var mark = played.Tap.Mark;
            played.World.Reset(played.Gateway.BaseResources());
            await played.AnswersAsync("/", played.Gateway.A.Name);
            var removal = await played.Tap.WaitForAsync("the cluster to be removed", mark, IsWithout);
            var routes = played.Tap.Since(mark).First(e => e.IsResponseOf(XdsType.RouteConfiguration));
            var accepted = played.Tap.Since(mark).First(e => e.Accepts(routes));
            removal.At.ShouldBeGreaterThan(accepted.At, "removals come after the routes were accepted");
            await played.Gateway.SettledAsync();
        });

    private static bool IsWithout(WireEvent e) => e.IsResponseOf(XdsType.Cluster)
        && (e.IsDelta ? e.Removed.Contains("next") : !e.Names.Contains("next"));
}
