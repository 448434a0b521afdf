using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>A folder whose files are links that are swapped at once, as a mounted ConfigMap is.</summary>
public sealed class MountedFolderTests
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_swapped_link_is_one_change(string version)
    {
        await using var stage = await Stage.StartAsync(version, petstore => petstore.Mount());

        await stage.Petstore.SwapAsync(text => text.Replace("/v1/pets ", "/swapped/pets ", StringComparison.Ordinal));

        await Wait.UntilAsync(
            "the swapped text", async () => (await stage.Http.GetAsync("/api/pets")).EchoPath == "/swapped/pets");
    }
}
