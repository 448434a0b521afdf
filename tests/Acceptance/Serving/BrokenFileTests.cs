using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>Files that nobody should have saved.</summary>
public sealed class BrokenFileTests
{
    private const string Unreadable = """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata:
          name: broken
          namespace: gloo-system
        spec:
          virtualHost:
            domains: ["*", "broken.example.com"
            routes: []
        """;

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_broken_file_changes_nothing_and_is_reported_with_its_line(string version)
    {
        await using var stage = await Stage.StartAsync(version);
        var before = await HeldResources.OfEnvoyAsync(stage.Envoy);

        stage.Petstore.Save("broken.yaml", Unreadable);
        await UntilReported(stage.Server, "broken.yaml:");

        (await HeldResources.OfEnvoyAsync(stage.Envoy)).ShouldBe(before, ignoreOrder: true);
        (await stage.Http.GetAsync("/api/pets")).EchoPath.ShouldBe("/v1/pets");

        // The others are still followed, and the fault is forgotten with its file.
        stage.Petstore.Edit("petstore.yaml", "prefixRewrite: /v1/pets ", "prefixRewrite: /v9/pets ");
        await Wait.UntilAsync(
            "a good change beside the broken file",
            async () => (await stage.Http.GetAsync("/api/pets")).EchoPath == "/v9/pets");
        File.Delete(Path.Combine(stage.Petstore.Folder, "broken.yaml"));
        await Wait.UntilAsync("the fault to be forgotten", async () =>
            !(await stage.Server.DiagnosticsAsync()).Contains("broken.yaml", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_file_that_breaks_keeps_its_last_good_text_and_a_restart_changes_nothing(string version)
    {
        await using var stage = await Stage.StartAsync(version);
        stage.Petstore.Save("status.yaml", Unreadable);
        await UntilReported(stage.Server, "status.yaml:");
        (await Status(stage.Http)).ShouldBe("all pets are well\n");

        (await stage.Server.TerminateAsync()).ShouldBe(0);
        await stage.Envoy.DisposeAsync();
        stage.Server.Start();
        await UntilReported(stage.Server, "status.yaml:");
        await stage.AddEnvoyAsync("envoy-2");

        await Wait.UntilAsync("the last good text", async () => await Status(stage.Http) == "all pets are well\n");
    }

    private static async Task<string> Status(HttpProbe http) =>
        (await http.GetAsync("/", ("Host", "status.example.com"))).Body;

    private static Task UntilReported(StagedoorServer server, string text) => Wait.UntilAsync(
        $"a diagnostic with {text}",
        async () => (await server.DiagnosticsAsync()).Contains(text, StringComparison.Ordinal));
}
