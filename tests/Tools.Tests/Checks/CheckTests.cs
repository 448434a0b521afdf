using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Stagedoor.Tools.Tests.Checks;

public sealed class CheckTests : IDisposable
{
    private const string NoAction =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: idle, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ['idle.example']
            routes:
            - matchers: [{prefix: /a}]
              routeAction: {single: {upstream: {name: pets, namespace: gloo-system}}}
            - matchers: [{prefix: /b}]
        """;

    private const string Misspelt =
        """
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: cats, namespace: gloo-system}
        spec:
          static: {hosts: [{addr: 127.0.0.1, prot: 8090}]}
        """;

    private const string Dangling =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: dogs, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ['dogs.example']
            routes:
            - matchers: [{prefix: /}]
              delegateAction: {ref: {name: nowhere, namespace: gloo-system}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_without_faults_is_clean()
    {
        _folder.Write("petstore.yaml", Samples.Petstore);

        var (exitCode, output, error) = await Check("--strict");

        exitCode.ShouldBe(0, output + error);
        output.ShouldContain("nothing is wrong in 3 objects");
    }

    [Fact]
    public async Task Every_fault_is_named_with_its_place_code_and_hint()
    {
        _folder.Write("petstore.yaml", Samples.Petstore);
        _folder.Write("b/idle.yaml", Samples.Join("# first\n" + NoAction, Misspelt));
        _folder.Write("broken.yaml", "kind: [\n");

        var (exitCode, output, _) = await Check();

        exitCode.ShouldBe(2);
        var lines = output.Split('\n');
        lines.ShouldContain(line => line.StartsWith(
            "b/idle.yaml:11:7: error SD2030: VirtualService gloo-system/idle: spec.virtualHost.routes[1]: "));
        lines.ShouldContain(line => line.StartsWith(
            "b/idle.yaml:17:38: error SD1007: Upstream gloo-system/cats: spec.static.hosts[0].prot: "));
        lines.ShouldContain(line => line.StartsWith("broken.yaml:") && line.Contains(" error SD1001: "));
        lines[Array.FindIndex(lines, line => line.Contains("SD2030")) + 1].ShouldStartWith("    ");
        output.ShouldEndWith($"3 errors, 0 warnings in 4 objects in {_folder.At("")}\n");
    }

    [Fact]
    public async Task Warnings_fail_only_the_strict()
    {
        _folder.Write("petstore.yaml", Samples.Join(Samples.Petstore, Dangling));

        (await Check()).ExitCode.ShouldBe(0);
        var (exitCode, output, _) = await Check("--strict");

        exitCode.ShouldBe(2);
        output.ShouldContain("petstore.yaml:30:7: warning SD2032: ");
    }

    [Fact]
    public async Task The_order_is_that_of_files_and_lines_and_never_changes()
    {
        _folder.Write("z.yaml", NoAction.Replace("idle", "z"));
        _folder.Write("a.yaml", Samples.Join(Samples.Petstore, NoAction, Misspelt));
        _folder.Write("m.yaml", Samples.Join(Misspelt.Replace("cats", "m"), NoAction.Replace("idle", "m")));

        var (_, first, _) = await Check("-o", "json");
        var (_, second, _) = await Check("-o", "json");

        second.ShouldBe(first);
        var places = Findings(first)
            .Select(finding => ((string)finding["file"]!, (int)finding["line"]!))
            .ToArray();
        places.ShouldBe(places.Order());
        places.Select(place => place.Item1).Distinct().ShouldBe(["a.yaml", "m.yaml", "z.yaml"]);
    }

    [Fact]
    public async Task What_is_wrong_in_a_route_table_is_said_once_and_there()
    {
        const string Table =
            """
            apiVersion: gateway.solo.io/v1
            kind: RouteTable
            metadata: {name: nowhere, namespace: gloo-system}
            spec:
              routes:
              - matchers: [{prefix: /x}]
            """;
        _folder.Write("petstore.yaml", Samples.Join(Samples.Petstore, Dangling));
        _folder.Write("table.yaml", Table);

        var (_, output, _) = await Check("-o", "json");

        var finding = Findings(output).ShouldHaveSingleItem();
        ((string)finding["file"]!).ShouldBe("table.yaml");
        ((int)finding["line"]!).ShouldBe(6);
        ((string)finding["resource"]!["kind"]!).ShouldBe("RouteTable");
        ((string)finding["hint"]!).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_virtual_service_that_no_gateway_takes_is_a_warning()
    {
        _folder.Write("petstore.yaml", Samples.Petstore.Replace(
            "httpGateway: {}", "httpGateway: {virtualServiceSelector: {team: a}}"));

        var (exitCode, output, _) = await Check("--strict");

        exitCode.ShouldBe(2);
        output.ShouldContain(
            "petstore.yaml:6: warning SD6020: VirtualService gloo-system/pets: it takes no effect: its labels (none)");
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_gives_exit_code_1()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("check", "--config", _folder.At("nowhere"));

        exitCode.ShouldBe(1);
        error.ShouldContain("SD6005");
    }

    [Fact]
    public async Task The_sarif_log_has_the_structure_of_version_2_1_0()
    {
        _folder.Write("petstore.yaml", Samples.Join(Samples.Petstore, NoAction, Dangling, Misspelt));
        _folder.Write("odd name.yaml", "kind: [\n");

        var (exitCode, output, _) = await Check("-o", "sarif", "--notes");

        exitCode.ShouldBe(2);
        SarifStructure.Verify(output);
        var run = JsonNode.Parse(output)!["runs"]![0]!;
        var results = run["results"]!.AsArray();
        results.Count.ShouldBe(4);
        results.Select(result => (string)result!["level"]!).ShouldBe(
            ["error", "error", "warning", "error"], ignoreOrder: true);
        var located = results.Single(result => (string)result!["ruleId"]! == "SD2030")!["locations"]![0]!;
        var physical = located["physicalLocation"]!;
        new Uri((string)physical["artifactLocation"]!["uri"]!).LocalPath.ShouldBe(_folder.At("petstore.yaml"));
        ((int)physical["region"]!["startLine"]!).ShouldBe(31);
        ((int)physical["region"]!["startColumn"]!).ShouldBe(7);
        ((string)located["logicalLocations"]![0]!["fullyQualifiedName"]!)
            .ShouldBe("VirtualService gloo-system/idle: spec.virtualHost.routes[1]");
        output.ShouldContain("odd%20name.yaml");
    }

    private Task<(int ExitCode, string Output, string Error)> Check(params string[] more) =>
        CommandLine.RunAsync(["check", "--config", _folder.At(""), .. more]);

    private static JsonNode[] Findings(string json)
    {
        return [.. JsonNode.Parse(json)!["findings"]!.AsArray().Select(finding => finding!)];
    }
}
