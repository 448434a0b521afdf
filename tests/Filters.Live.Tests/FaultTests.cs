using System.Diagnostics;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class FaultTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Requests_are_aborted_or_delayed(string version)
    {
        var client = await fleet.ClientAsync(version, "faults");

        (await client.GetAsync("/abort")).Status.ShouldBe(418);
        (await client.GetAsync("/weights")).Status.ShouldBe(503);
        (await client.GetAsync("/")).Status.ShouldBe(200);
        var watch = Stopwatch.StartNew();
        (await client.GetAsync("/delay")).Status.ShouldBe(200);
        watch.Elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.29));
    }
}
