using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>What the configuration as a whole must do.</summary>
public sealed class FilterTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Envoy_rejects_nothing(string version)
    {
        var envoy = (await fleet.OfAsync(version)).Envoy;

        var rejected = await envoy.StatsAsync(@"update_rejected$|listener_create_failure$");

        rejected.ShouldNotBeEmpty();
        rejected.Where(stat => stat.Value > 0).ShouldBeEmpty(envoy.Log);
    }
}
