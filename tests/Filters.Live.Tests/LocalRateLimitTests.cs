using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class LocalRateLimitTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_route_has_a_bucket_of_its_own(string version)
    {
        var client = await fleet.ClientAsync(version, "local-rate-limit");

        var first = await client.GetAsync("/one");
        first.Status.ShouldBe(200);
        first["x-ratelimit-limit"].ShouldStartWith("1");
        (await client.GetAsync("/one")).Status.ShouldBe(429);
        for (var i = 0; i < 5; i++) (await client.GetAsync("/")).Status.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task The_listeners_bucket_is_for_all(string version)
    {
        var client = await fleet.ClientAsync(version, "local-rate-limit-default");

        (await client.GetAsync("/a")).Status.ShouldBe(200);
        (await client.GetAsync("/b")).Status.ShouldBe(200);
        (await client.GetAsync("/c")).Status.ShouldBe(429);
    }
}
