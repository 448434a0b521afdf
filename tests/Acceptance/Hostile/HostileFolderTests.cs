using System.Text.Json;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Hostile;

/// <summary>
/// Rule I4 with everything that should not be in a folder: each case gets a coded error where it is, and the rest is
/// served and updated.
/// </summary>
public sealed class HostileFolderTests
{
    private const string Bystander = "status.example.com";
    private static readonly HostileCase[] Cases = [.. HostileTexts.All, .. HostileObjects.All, .. HostileFiles.All];

    [Fact]
    public async Task Each_case_is_reported_where_it_is_and_a_bystander_is_served_and_followed()
    {
        await using var stage = await Stage.StartAsync("1.40.0");
        var faults = new List<string>();
        for (var i = 0; i < Cases.Length; i++)
        {
            if (await FaultOf(Cases[i], i, stage) is { } fault) faults.Add($"{Cases[i].Name}: {fault}");
        }

        string.Join('\n', faults).ShouldBeEmpty();
        (await stage.Http.GetAsync("/api/pets")).EchoPath.ShouldBe("/v1/pets");
        (await stage.Envoy.StatsAsync(@"\.update_rejected$")).Values.ShouldAllBe(count => count == 0);
    }

    [Fact]
    public async Task Translate_reports_each_case_where_it_is_and_still_translates_the_rest()
    {
        using var petstore = new Petstore();
        foreach (var hostile in Cases) hostile.Write(petstore.Folder);
        var output = petstore.Beside("out.json");

        var result = await StagedoorProgram.RunAsync("translate", "--config", petstore.Folder, "--output", output);

        result.ExitCode.ShouldBe(2, result.Errors);
        var lines = result.Errors.Split('\n');
        var faults = Cases.Where(hostile => !lines.Any(line => Says(line, hostile)))
            .Select(hostile => $"{hostile.Code} is not at {hostile.Where}, but "
                + string.Join(" | ", lines.Where(l => l.Contains(hostile.Name, StringComparison.Ordinal)).Take(3)));
        string.Join('\n', faults).ShouldBeEmpty();
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(
            output, TestContext.Current.CancellationToken));
        document.RootElement.GetProperty("proxies").GetProperty(Petstore.Role).GetProperty("routes").GetRawText()
            .ShouldContain("all pets are well");
    }

    private static bool Says(string line, HostileCase hostile) =>
        (line.StartsWith($"{hostile.Where}: error {hostile.Code}: ", StringComparison.Ordinal)
            || line.StartsWith($"{hostile.Where}: warning {hostile.Code}: ", StringComparison.Ordinal))
        && (hostile.Object is null || line.Contains($": {hostile.Object}: ", StringComparison.Ordinal));

    private static async Task<string?> FaultOf(HostileCase hostile, int number, Stage stage)
    {
        try
        {
            hostile.Write(stage.Petstore.Folder);
            await Wait.UntilAsync($"{hostile.Code} at {hostile.Where}", async () =>
            {
                stage.Server.MustRun();
                return (await Diagnostics(stage.Server)).Any(diagnostic => Says(diagnostic, hostile));
            }, TimeSpan.FromSeconds(60));
            var body = $"after case {number}";
            stage.Petstore.Save("status.yaml", $$$"""
                apiVersion: gateway.solo.io/v1
                kind: VirtualService
                metadata: {name: status, namespace: gloo-system}
                spec:
                  virtualHost:
                    domains: [{{{Bystander}}}]
                    routes: [{matchers: [{prefix: /}], directResponseAction: {status: 200, body: {{{body}}}}}]
                """);
            await Wait.UntilAsync("the bystander to follow", async () =>
                (await stage.Http.GetAsync("/", ("Host", Bystander))).Body == body);
            return null;
        }
        catch (TimeoutException late)
        {
            return late.Message;
        }
    }

    private static async Task<IEnumerable<JsonElement>> Diagnostics(StagedoorServer server)
    {
        using var document = JsonDocument.Parse(await server.DiagnosticsAsync());
        return [.. document.RootElement.EnumerateArray().Select(diagnostic => diagnostic.Clone())];
    }

    private static bool Says(JsonElement diagnostic, HostileCase hostile) =>
        diagnostic.GetProperty("code").GetString() == hostile.Code
        && diagnostic.GetProperty("severity").GetString() is "Error" or "Warning"
        && diagnostic.TryGetProperty("source", out var source) && source.GetString() == hostile.Where
        && (hostile.Object is null
            || (diagnostic.TryGetProperty("resource", out var resource) && resource.GetString() == hostile.Object));
}
