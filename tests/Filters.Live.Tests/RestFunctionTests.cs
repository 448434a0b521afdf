using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class RestFunctionTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_function_gets_its_parameters(string version)
    {
        var client = await fleet.ClientAsync(version, "rest-functions");

        var answer = await client.GetAsync("/user/42.json", ("x-kind", "kind-cat"));

        answer.EchoPath.ShouldBe("/users/42");
        answer.EchoHeader("x-kind").ShouldBe("cat");
        answer["x-answer"].ShouldBe("200");
    }
}
