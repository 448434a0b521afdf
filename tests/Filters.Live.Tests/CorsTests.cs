using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class CorsTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_preflight_is_answered_for_known_origins(string version)
    {
        var client = await fleet.ClientAsync(version, "cors");

        var known = await Preflight(client, "https://shop.example.com");
        known.Status.ShouldBe(200);
        known["access-control-allow-origin"].ShouldBe("https://shop.example.com");
        known["access-control-allow-methods"].ShouldBe("GET,POST");
        known["access-control-max-age"].ShouldBe("600");
        known["access-control-allow-credentials"].ShouldBe("true");
        (await Preflight(client, "https://abc.example.org"))["access-control-allow-origin"]
            .ShouldBe("https://abc.example.org");
        (await Preflight(client, "https://evil.example.net"))["access-control-allow-origin"].ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_route_has_its_own_policy_or_none(string version)
    {
        var client = await fleet.ClientAsync(version, "cors");

        (await client.GetAsync("/", ("origin", "https://shop.example.com")))["access-control-expose-headers"]
            .ShouldBe("x-host");
        (await client.GetAsync("/union", ("origin", "https://other.example.com")))["access-control-expose-headers"]
            .ShouldBe("x-host,x-route");
        (await client.GetAsync("/disabled", ("origin", "https://shop.example.com")))["access-control-allow-origin"]
            .ShouldBe("");
        (await client.GetAsync("/fixed"))["access-control-allow-origin"].ShouldBe("https://a.example.com");
    }

    private static Task<LiveAnswer> Preflight(LiveClient client, string origin) => client.SendAsync(
        "OPTIONS", "/", null, ("origin", origin), ("access-control-request-method", "GET"));
}
