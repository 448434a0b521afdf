using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class FailoverTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task The_next_priority_serves_when_the_first_is_unhealthy(string version)
    {
        var client = await fleet.ClientAsync(version, "failover");

        await Wait.UntilAsync("the failover", async () => (await client.GetAsync("/")).Status == 200);
        for (var i = 0; i < 10; i++) (await client.GetAsync("/")).Status.ShouldBe(200);
    }
}
