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

    [Fact]
    public async Task It_is_adopted_too_when_the_server_may_choose_its_ports()
    {
        var executable = await EnvoyVersions.ExecutableAsync("1.40.0");
        using var petstore = new Petstore();
        await using var backend = StagedoorProgram.StartEcho("petstore", petstore.PetstorePort);
        await using var server = new StagedoorServer(petstore.Folder, petstore.Beside("data"), xdsPort: 0);
        await using var http = new HttpProbe(petstore.HttpPort);
        try
        {
            server.Start($"--with-envoy={executable}", "--envoy-concurrency", "1");
            await UntilServes(server, http, "/v1/pets");
            var envoy = KeptEnvoy(petstore);

            await server.KillAsync();
            petstore.Edit("petstore.yaml", "/v1/pets ", "/adopted/pets ");
            server.Start($"--with-envoy={executable}", "--envoy-concurrency", "1");

            await UntilServes(server, http, "/adopted/pets");
            KeptEnvoy(petstore).ShouldBe(envoy);
        }
        finally
        {
            await EndAsync(server, petstore);
        }
    }

    [Fact]
    public async Task Each_Proxy_has_an_Envoy_of_its_own_as_long_as_there_is_the_Proxy()
    {
        var executable = await EnvoyVersions.ExecutableAsync("1.40.0");
        using var petstore = new Petstore();
        await using var backend = StagedoorProgram.StartEcho("petstore", petstore.PetstorePort);
        await using var server = new StagedoorServer(petstore.Folder, petstore.Beside("data"));
        await using var http = new HttpProbe(petstore.HttpPort);
        var port = Ports.Take();
        await using var second = new HttpProbe(port);
        try
        {
            server.Start($"--with-envoy={executable}", "--envoy-concurrency", "1");
            await UntilServes(server, http, "/v1/pets");

            petstore.Save("second.yaml", $$$"""
                apiVersion: gateway.solo.io/v1
                kind: Gateway
                metadata: {name: second, namespace: gloo-system}
                spec: {bindAddress: 127.0.0.1, bindPort: {{{port}}}, proxyNames: [second], httpGateway: {}}
                """);
            await UntilServes(server, second, "/v1/pets");
            var envoy = KeptEnvoy(petstore, "gloo-system~second");
            envoy.ShouldNotBe(KeptEnvoy(petstore));

            File.Delete(Path.Combine(petstore.Folder, "second.yaml"));
            await Wait.UntilAsync("the second Envoy to end", async () => !await Signal.RunsAsync(envoy));
            (await http.GetAsync("/api/pets")).EchoPath.ShouldBe("/v1/pets");
        }
        finally
        {
            await EndAsync(server, petstore);
        }
    }

    /// <summary>A planned stop; if that fails, the Envoys are ended one by one.</summary>
    private static async Task EndAsync(StagedoorServer server, Petstore petstore)
    {
        try
        {
            await server.TerminateAsync();
        }
        finally
        {
            foreach (var proxy in new[] { Petstore.Role, "gloo-system~second" })
            {
                if (File.Exists(Record(petstore, proxy))) await Signal.SendAsync("KILL", KeptEnvoy(petstore, proxy));
            }
        }
    }

    private static Task UntilServes(StagedoorServer server, HttpProbe http, string path) =>
        Wait.UntilAsync($"its Envoy to answer {path}", async () =>
        {
            server.MustRun();
            return (await http.GetAsync("/api/pets")).EchoPath == path;
        });

    private static string Record(Petstore petstore, string proxy = Petstore.Role) =>
        petstore.Beside($"data/envoy/{proxy}.json");

    private static int KeptEnvoy(Petstore petstore, string proxy = Petstore.Role)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Record(petstore, proxy)));
        return record.RootElement.GetProperty("process").GetProperty("pid").GetInt32();
    }
}
