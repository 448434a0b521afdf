using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class JwtTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_token_is_required_where_it_is_asked_for(string version)
    {
        var client = await fleet.ClientAsync(version, "jwt");

        (await client.GetAsync("/anybody")).Status.ShouldBe(401);
        (await client.GetAsync("/anybody", ("authorization", "Bearer a.b.c"))).Status.ShouldBe(401);
        (await client.GetAsync("/anybody", Token("other", "{}"))).Status.ShouldBe(401);
        (await client.GetAsync("/anybody", Token("shop", """{"sub":"ann"}"""))).EchoHeader("x-sub").ShouldBe("ann");
        (await client.GetAsync("/open")).Status.ShouldBe(200);
        (await client.GetAsync("/own", Token("shop", "{}"))).Status.ShouldBe(401);
        (await client.GetAsync("/own", Token("own", "{}"))).Status.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Claims_decide_who_may_do_what(string version)
    {
        var client = await fleet.ClientAsync(version, "jwt");
        var admin = Token("shop", """{"role":"admin"}""");
        var reader = Token("shop", """{"groups":["writers","readers"]}""");

        (await client.PostAsync("/anything", "", admin)).Status.ShouldBe(200);
        (await client.GetAsync("/pets", reader)).Status.ShouldBe(200);
        (await client.PostAsync("/pets", "", reader)).Status.ShouldBe(403);
        (await client.GetAsync("/anything", reader)).Status.ShouldBe(403);
        (await client.GetAsync("/pets", Token("shop", """{"role":"user"}"""))).Status.ShouldBe(403);
        (await client.GetAsync("/", ("host", "nobody.example.com"))).Status.ShouldBe(403);
    }

    private static (string, string) Token(string issuer, string claims)
    {
        var body = "{\"iss\":\"" + issuer + "\"" + (claims == "{}" ? "}" : "," + claims[1..]);
        var text = Part("""{"alg":"HS256","typ":"JWT"}""") + "." + Part(body);
        var key = Base64Url.DecodeFromChars("c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMw");
        var signature = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text));
        return ("authorization", $"Bearer {text}.{Base64Url.EncodeToString(signature)}");

        static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }
}
