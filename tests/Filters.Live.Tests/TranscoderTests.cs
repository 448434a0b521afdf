using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class TranscoderTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Json_reaches_a_grpc_service(string version)
    {
        var client = await fleet.ClientAsync(version, "transcoder");

        var answer = await client.PostAsync(
            "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit", """{"domain":"pets"}""",
            ("content-type", "application/json"));

        answer.Status.ShouldBe(200);
        answer.Body.ShouldContain("\"overallCode\":\"OK\"");
        answer.Body.ShouldContain("pets:");
    }
}
