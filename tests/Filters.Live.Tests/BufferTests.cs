using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Filters.Live.Tests;

public sealed class BufferTests(LiveFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Bodies_over_the_limit_are_refused_where_there_is_one(string version)
    {
        var client = await fleet.ClientAsync(version, "buffer");

        (await client.PostAsync("/", new string('a', 100))).Status.ShouldBe(200);
        (await client.PostAsync("/", new string('a', 200))).Status.ShouldBe(413);
        (await client.PostAsync("/more", new string('a', 200))).Status.ShouldBe(200);
        (await client.PostAsync("/more", new string('a', 2000))).Status.ShouldBe(413);
        (await client.PostAsync("/disabled", new string('a', 2000))).Status.ShouldBe(200);
    }
}
