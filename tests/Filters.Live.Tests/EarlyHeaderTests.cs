using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class EarlyHeaderTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Headers_change_before_a_route_is_chosen(string version)
    {
        var client = await fleet.ClientAsync(version, "early-headers");

        (await client.GetAsync("/", ("x-forged", "1"))).EchoHeader("x-early").ShouldBe("added");
    }
}
