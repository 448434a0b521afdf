using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class RateLimitServiceTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Descriptors_of_host_and_route_reach_the_server(string version)
    {
        var client = await fleet.ClientAsync(version, "rate-limit");

        (await client.GetAsync("/", ("x-who", "me"))).EchoHeader("x-descriptors").ShouldBe("custom:who=me");
        (await client.GetAsync("/own", ("x-who", "me"))).EchoHeader("x-descriptors")
            .ShouldBe("custom:generic_key=route,remote_address=127.0.0.1;who=me");
        (await client.GetAsync("/", ("x-who", "blocked"))).Status.ShouldBe(429);
        (await client.GetAsync("/blocked")).Status.ShouldBe(429);
        (await client.GetAsync("/")).EchoHeader("x-descriptors").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_missing_server_lets_pass_unless_failures_deny(string version)
    {
        (await (await fleet.ClientAsync(version, "rate-limit-missing")).GetAsync("/")).Status.ShouldBe(200);
        (await (await fleet.ClientAsync(version, "rate-limit-missing-deny")).GetAsync("/")).Status.ShouldBe(500);
    }
}
