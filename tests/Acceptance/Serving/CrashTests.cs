using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>The server dies without a warning.</summary>
public sealed class CrashTests
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Traffic_goes_on_and_a_new_Envoy_gets_the_last_configuration_from_the_journal(string version)
    {
        await using var stage = await Stage.StartAsync(version);
        stage.Petstore.Edit("petstore.yaml", "prefixRewrite: /v1/pets ", "prefixRewrite: /last/pets ");
        await Wait.UntilAsync("the change", async () => await PathThrough(stage.Http) == "/last/pets");
        var before = await Resources(stage.Envoy);

        var load = SteadyLoad.Start(stage.Http, "/api/pets");
        await stage.Server.KillAsync();
        await Wait.UntilAsync("Envoy to notice", async () =>
            (await stage.Envoy.StatsAsync(@"^control_plane\.connected_state$")).Values.Single() == 0);
        var withoutServer = load.Now;
        await Wait.UntilAsync("requests without a server", () =>
            Task.FromResult(load.Now > withoutServer + TimeSpan.FromSeconds(1)));
        (await load.StopAsync()).Where(request => request.Failure is not null).ShouldBeEmpty();

        Directory.Move(stage.Petstore.Folder, stage.Petstore.Beside("moved-away"));
        await stage.Envoy.DisposeAsync();
        stage.Server.Start();
        var fresh = await stage.AddEnvoyAsync("envoy-2");

        await Wait.UntilAsync("the new Envoy to answer", async () => await PathThrough(stage.Http) == "/last/pets");
        (await Resources(fresh)).ShouldBe(before);
        (await stage.Http.GetAsync("/", ("Host", "status.example.com"))).Body.ShouldBe("all pets are well\n");
        (await fresh.StatsAsync(@"\.update_rejected$")).ShouldAllBe(counter => counter.Value == 0);
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_while_there_is_no_journal()
    {
        using var folder = new TemporaryFolder();
        await using var server = new StagedoorServer(folder["missing"], folder["data"]);
        server.Start();

        (await server.ExitAsync()).ShouldBe(1);
        server.Log.ShouldContain(folder["missing"]);
    }

    private static async Task<string> PathThrough(HttpProbe http) => (await http.GetAsync("/api/pets")).EchoPath;

    private static async Task<string[]> Resources(EnvoyProcess envoy) =>
    [
        .. (await HeldResources.OfEnvoyAsync(envoy)).Select(resource => resource.Content).Order(StringComparer.Ordinal),
    ];
}
