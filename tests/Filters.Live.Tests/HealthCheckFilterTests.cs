using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class HealthCheckFilterTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Envoy_answers_to_the_path_itself(string version)
    {
        var proxy = await fleet.OfAsync(version);
        var client = proxy.Client("health-check");

        (await client.GetAsync("/healthz", ("host", "health.example.com"))).Status.ShouldBe(200);
        (await client.GetAsync("/other", ("host", "health.example.com"))).Status.ShouldBe(200);
        proxy.Backends.Hits("health.example.com", "/healthz").ShouldBe(0);
        proxy.Backends.Hits("health.example.com", "/other").ShouldBe(1);
    }
}
