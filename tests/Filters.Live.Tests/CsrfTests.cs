using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class CsrfTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_foreign_origin_may_not_change_anything(string version)
    {
        var client = await fleet.ClientAsync(version, "csrf");

        (await client.PostAsync("/", "", ("origin", "https://evil.example.com"))).Status.ShouldBe(403);
        (await client.PostAsync("/", "", ("origin", "https://friend.example.com"))).Status.ShouldBe(200);
        (await client.GetAsync("/", ("origin", "https://evil.example.com"))).Status.ShouldBe(200);
        (await client.PostAsync("/open", "", ("origin", "https://evil.example.com"))).Status.ShouldBe(200);
    }
}
