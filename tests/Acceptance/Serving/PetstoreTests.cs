using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>What <c>examples/petstore</c> promises, through a real Envoy.</summary>
public sealed class PetstoreTests
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Every_route_does_what_the_example_says(string version)
    {
        await using var stage = await Stage.StartAsync(version);

        await RewritesAndHeaders(stage.Http);
        await Matchers(stage.Http);
        await RedirectAndDirectResponse(stage.Http);
        await Weights(stage.Http);
        await Domains(stage.Http);
        await NothingWasRejected(stage.Envoy);
    }

    private static async Task RewritesAndHeaders(HttpProbe http)
    {
        var pets = await http.GetAsync("/api/pets/7?sort=age", ("x-gateway", "forged"), ("x-internal", "secret"));

        pets.Status.ShouldBe(200);
        pets.EchoServer.ShouldBe("petstore");
        pets.EchoPath.ShouldBe("/v1/pets/7");
        pets.EchoHeader("x-gateway").ShouldBe("stagedoor");
        pets.EchoHeader("x-internal").ShouldBeNull();
        pets.Headers["x-served-by"].ShouldBe("petstore");
    }

    private static async Task Matchers(HttpProbe http)
    {
        foreach (var next in new[]
        {
            await http.GetAsync("/api/pets", ("x-release", "next")),
            await http.GetAsync("/api/pets?release=next"),
        })
        {
            next.EchoServer.ShouldBe("petstore-next");
            next.EchoPath.ShouldBe("/v2/pets");
        }

        (await http.GetAsync("/api/pets", ("x-release", "other"))).EchoServer.ShouldBe("petstore");
        (await http.GetAsync("/api/owners/42")).EchoPath.ShouldBe("/api/owners/42");
        (await http.GetAsync("/api/owners/me")).Status.ShouldBe(404);
        (await http.GetAsync("/nowhere")).Status.ShouldBe(404);
    }

    private static async Task RedirectAndDirectResponse(HttpProbe http)
    {
        var old = await http.GetAsync("/pets");
        old.Status.ShouldBe(302);
        new Uri(old.Headers["location"]).AbsolutePath.ShouldBe("/api/pets");

        var write = await http.SendAsync(HttpMethod.Delete, "/api/pets/7");
        write.Status.ShouldBe(405);
        write.Body.ShouldBe("the pets are read-only\n");
    }

    private static async Task Weights(HttpProbe http)
    {
        const int requests = 400;
        var next = 0;
        for (var i = 0; i < requests; i++)
            next += (await http.GetAsync("/api/toys")).EchoServer == "petstore-next" ? 1 : 0;

        // One in four; six standard deviations are 52.
        next.ShouldBeInRange((requests / 4) - 52, (requests / 4) + 52);
    }

    private static async Task Domains(HttpProbe http)
    {
        var status = await http.GetAsync("/", ("Host", "status.example.com"));
        status.Status.ShouldBe(200);
        status.Body.ShouldBe("all pets are well\n");
    }

    private static async Task NothingWasRejected(EnvoyProcess envoy)
    {
        var rejected = await envoy.StatsAsync(@"\.update_rejected$");
        rejected.ShouldNotBeEmpty();
        rejected.ShouldAllBe(counter => counter.Value == 0);
        foreach (var type in new[] { @"^cluster_manager\.cds", @"^listener_manager\.lds", @"^http\..*\.rds\." })
        {
            var succeeded = await envoy.StatsAsync($@"{type}.*update_success$");
            succeeded.ShouldNotBeEmpty();
            succeeded.Values.ShouldAllBe(count => count >= 1);
        }
    }
}
