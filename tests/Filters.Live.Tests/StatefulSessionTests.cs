using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class StatefulSessionTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_session_is_kept_in_a_cookie(string version)
    {
        var client = await fleet.ClientAsync(version, "stateful-session");

        (await client.GetAsync("/"))["set-cookie"].ShouldStartWith("session=");
    }
}
