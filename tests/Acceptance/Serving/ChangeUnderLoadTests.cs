using System.Collections.Immutable;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>Changed files while requests flow.</summary>
public sealed class ChangeUnderLoadTests
{
    private const string PetsRewrite = "prefixRewrite: /v1/pets ";

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_changed_route_flips_the_answer_and_no_request_fails(string version)
    {
        await using var stage = await Stage.StartAsync(version);
        var load = SteadyLoad.Start(stage.Http, "/api/pets");
        var current = PetsRewrite;
        var versions = ImmutableArray.Create("/v1/pets");
        for (var change = 2; change <= 6; change++)
        {
            var path = $"/v{change}0/pets";
            stage.Petstore.Edit("petstore.yaml", current, $"prefixRewrite: {path} ");
            current = $"prefixRewrite: {path} ";
            versions = versions.Add(path);
            await Wait.UntilAsync(
                $"the answer {path}", async () => (await stage.Http.GetAsync("/api/pets")).EchoPath == path);
        }

        var requests = await load.StopAsync();

        requests.Where(request => request.Failure is not null).ShouldBeEmpty();
        NeverGoesBack(requests, [.. requests.Select(request => versions.IndexOf(request.Answer!.EchoPath))]);
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_route_moves_to_a_new_upstream_and_back_and_no_request_fails(string version)
    {
        await using var stage = await Stage.StartAsync(version);
        var port = Ports.Take();
        await stage.AddBackendAsync("petstore-blue", port);
        var route = File.ReadAllText(Path.Combine(stage.Petstore.Folder, "petstore.yaml"));
        var load = SteadyLoad.Start(stage.Http, "/api/owners/1");

        // The route may be read before the upstream that it names: both are saved at once.
        stage.Petstore.Save("blue.yaml", $$$"""
            apiVersion: gloo.solo.io/v1
            kind: Upstream
            metadata: {name: petstore-blue, namespace: gloo-system}
            spec: {static: {hosts: [{addr: 127.0.0.1, port: {{{port}}}}]}}
            """);
        stage.Petstore.Save("petstore.yaml", MovedToBlue(route));
        await UntilServedBy("petstore-blue");
        stage.Petstore.Save("petstore.yaml", route);
        await UntilServedBy("petstore");
        File.Delete(Path.Combine(stage.Petstore.Folder, "blue.yaml"));
        await Wait.UntilAsync("the cluster to be gone from Envoy", async () =>
            (await stage.Envoy.StatsAsync("^cluster_manager.active_clusters$")).Values.Single() <= 3);

        var requests = await load.StopAsync();
        requests.Where(request => request.Failure is not null).ShouldBeEmpty();

        Task UntilServedBy(string server) => Wait.UntilAsync(
            $"answers of {server}", async () => (await stage.Http.GetAsync("/api/owners/1")).EchoServer == server);
    }

    private static string MovedToBlue(string file)
    {
        var owners = file.IndexOf("/api/owners", StringComparison.Ordinal);
        return file[..owners]
            + file[owners..].Replace("name: petstore,", "name: petstore-blue,", StringComparison.Ordinal);
    }

    /// <summary>A request that started after another one had its answer gets no older answer.</summary>
    private static void NeverGoesBack(ImmutableArray<LoadedRequest> requests, ImmutableArray<int> answers)
    {
        answers.ShouldNotContain(-1);
        var newest = answers.Max();
        for (var version = 1; version <= newest; version++)
        {
            var seen = Enumerable.Range(0, requests.Length)
                .Where(i => answers[i] >= version)
                .Min(i => requests[i].Ended);
            Enumerable.Range(0, requests.Length)
                .Where(i => requests[i].Started > seen && answers[i] < version)
                .ShouldBeEmpty($"answers older than change {version} after {seen}");
        }
    }
}
