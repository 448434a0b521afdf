using System.Text.Json;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary><c>serve --with-envoy</c>: the server keeps an Envoy of its own.</summary>
public sealed class WithEnvoyTests
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Its_Envoy_outlives_a_crash_is_adopted_and_ends_with_a_planned_stop(string version)
    {
        var executable = await EnvoyVersions.ExecutableAsync(version);
        using var petstore = new Petstore();
        await using var backend = StagedoorProgram.StartEcho("petstore", petstore.PetstorePort);
        await using var server = new StagedoorServer(petstore.Folder, petstore.Beside("data"));
        await using var http = new HttpProbe(petstore.HttpPort);
        try
        {
            server.Start($"--with-envoy={executable}", "--envoy-concurrency", "1");
            await UntilServes(server, http, "/v1/pets");
            var envoy = KeptEnvoy(petstore);

            await server.KillAsync();
            (await http.GetAsync("/api/pets")).EchoPath.ShouldBe("/v1/pets");
            petstore.Edit("petstore.yaml", "/v1/pets ", "/adopted/pets ");
            server.Start($"--with-envoy={executable}", "--envoy-concurrency", "1");
            await UntilServes(server, http, "/adopted/pets");
            KeptEnvoy(petstore).ShouldBe(envoy);

            (await server.TerminateAsync()).ShouldBe(0);
            (await Signal.RunsAsync(envoy)).ShouldBeFalse();
        }
        finally
        {
            await server.KillAsync();
            if (File.Exists(Record(petstore)))
                await Signal.SendAsync("KILL", KeptEnvoy(petstore));
        }
    }

    private static Task UntilServes(StagedoorServer server, HttpProbe http, string path) =>
        Wait.UntilAsync($"its Envoy to answer {path}", async () =>
        {
            server.MustRun();
            return (await http.GetAsync("/api/pets")).EchoPath == path;
        });

    private static string Record(Petstore petstore) => petstore.Beside($"data/envoy/{Petstore.Role}.json");

    private static int KeptEnvoy(Petstore petstore)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Record(petstore)));
        return record.RootElement.GetProperty("process").GetProperty("pid").GetInt32();
    }
}
