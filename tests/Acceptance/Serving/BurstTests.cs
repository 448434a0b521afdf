using System.Diagnostics;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>Many changes at once.</summary>
public sealed class BurstTests
{
    private const int Files = 10;

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Ten_changed_files_are_few_pushes_and_the_first_is_not_kept_waiting(string version)
    {
        await using var stage = await Stage.StartAsync(version);
        PrepareAll(stage.Petstore, "before");
        SavePrepared(stage.Petstore);
        await UntilAll(stage.Http, "before");
        var pushes = await RouteUpdates(stage.Envoy);

        PrepareAll(stage.Petstore, "after");
        var clock = Stopwatch.StartNew();
        SavePrepared(stage.Petstore);
        await Wait.UntilAsync("the first change", async () => (await Answers(stage.Http)).Contains("after"));
        var first = clock.Elapsed;
        await UntilAll(stage.Http, "after");

        // One for what the first look at the folder found, and the rest gathered.
        (await RouteUpdates(stage.Envoy) - pushes).ShouldBeInRange(1, 4);
        first.ShouldBeLessThan(TimeSpan.FromMilliseconds(500));
    }

    private static void SavePrepared(Petstore petstore)
    {
        for (var i = 0; i < Files; i++)
        {
            var file = Path.Combine(petstore.Folder, $"burst-{i}.yaml");
            File.Move(petstore.Beside($"burst-{i}"), file, overwrite: true);
        }
    }

    private static void PrepareAll(Petstore petstore, string body)
    {
        for (var i = 0; i < Files; i++)
        {
            File.WriteAllText(petstore.Beside($"burst-{i}"), $$$"""
                apiVersion: gateway.solo.io/v1
                kind: VirtualService
                metadata: {name: burst-{{{i}}}, namespace: gloo-system}
                spec:
                  virtualHost:
                    domains: [burst-{{{i}}}.example.com]
                    routes: [{matchers: [{prefix: /}], directResponseAction: {status: 200, body: {{{body}}}}}]
                """);
        }
    }

    private static async Task<string[]> Answers(HttpProbe http) => await Task.WhenAll(
        Enumerable.Range(0, Files)
            .Select(async i => (await http.GetAsync("/", ("Host", $"burst-{i}.example.com"))).Body));

    private static Task UntilAll(HttpProbe http, string body) => Wait.UntilAsync(
        $"all answers '{body}'", async () => (await Answers(http)).All(answer => answer == body));

    private static async Task<long> RouteUpdates(EnvoyProcess envoy) =>
        (await envoy.StatsAsync(@"^http\..*\.rds\..*\.update_success$")).Values.Single();
}
