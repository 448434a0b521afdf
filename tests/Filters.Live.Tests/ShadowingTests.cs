using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class ShadowingTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Copies_of_requests_go_to_the_shadow(string version)
    {
        var proxy = await fleet.OfAsync(version);
        var client = proxy.Client("shadowing");

        (await client.GetAsync("/mirrored", ("host", "shadow.example.com"))).Status.ShouldBe(200);
        await Wait.UntilAsync(
            "the copy", () => Task.FromResult(proxy.Backends.Hits("shadow.example.com-shadow", "/mirrored") == 1));
        (await client.GetAsync("/named", ("host", "shadow.example.com"))).Status.ShouldBe(200);
        await Wait.UntilAsync("the named copy", () => Task.FromResult(
            proxy.Backends.Hits("copy.example.com", "/named")
            + proxy.Backends.Hits("copy.example.com-shadow", "/named") == 1));
        (await client.GetAsync("/other", ("host", "shadow.example.com"))).Status.ShouldBe(200);
        proxy.Backends.Hits("shadow.example.com-shadow", "/other").ShouldBe(0);
    }
}
