using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class ExternalAuthTests(LiveFleet fleet)
{
    private static readonly (string, string) Me = ("x-user", "me");
    private static readonly (string, string) Open = ("host", "open.example.com");

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_grpc_server_decides(string version)
    {
        var client = await fleet.ClientAsync(version, "ext-auth-grpc");

        var denied = await client.GetAsync("/");
        denied.Status.ShouldBe(403);
        denied.Body.ShouldBe("not you");
        (await client.GetAsync("/", Me)).EchoHeader("x-context").ShouldBe("host");
        (await client.GetAsync("/context", Me)).EchoHeader("x-context").ShouldBe("route");
        (await client.GetAsync("/open")).Status.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task An_http_server_decides(string version)
    {
        var client = await fleet.ClientAsync(version, "ext-auth-http");

        var denied = await client.GetAsync("/pets");
        denied.Status.ShouldBe(401);
        denied.Body.ShouldBe("who are you?");
        denied["x-auth-path"].ShouldBe("/check/pets");
        var allowed = await client.GetAsync("/pets", Me);
        allowed.EchoHeader("x-auth-user").ShouldBe("me");
        allowed.EchoHeader("x-auth-added").ShouldBe("by-envoy");
        (await client.GetAsync("/open")).Status.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Authentication_is_for_those_who_ask_for_it(string version)
    {
        foreach (var port in new[] { "ext-auth-grpc", "ext-auth-http" })
        {
            var client = await fleet.ClientAsync(version, port);
            (await client.GetAsync("/", Open)).Status.ShouldBe(200);
            (await client.GetAsync("/closed", Open)).Status.ShouldBeOneOf(401, 403);
            (await client.GetAsync("/closed", Open, Me)).Status.ShouldBe(200);
        }
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_missing_server_closes_what_needs_it_and_nothing_else(string version)
    {
        var client = await fleet.ClientAsync(version, "ext-auth-missing");

        (await client.GetAsync("/", Me)).Status.ShouldBe(403);
        (await client.GetAsync("/open")).Status.ShouldBe(200);
        (await client.GetAsync("/", Open)).Status.ShouldBe(200);
        (await client.GetAsync("/closed", Open, Me)).Status.ShouldBe(403);
    }
}
