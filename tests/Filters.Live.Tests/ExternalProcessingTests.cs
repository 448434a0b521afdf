using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class ExternalProcessingTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_server_works_on_requests(string version)
    {
        var client = await fleet.ClientAsync(version, "ext-proc");

        (await client.GetAsync("/")).EchoHeader("x-processed").ShouldBe("yes");
        var refused = await client.GetAsync("/", ("x-refuse", "1"));
        refused.Status.ShouldBe(418);
        refused.Body.ShouldBe("refused");
        (await client.GetAsync("/off")).EchoHeader("x-processed").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_missing_server_refuses_what_needs_it(string version)
    {
        var client = await fleet.ClientAsync(version, "ext-proc-missing");

        (await client.GetAsync("/")).Status.ShouldBe(500);
        (await client.GetAsync("/off")).Status.ShouldBe(200);
    }
}
