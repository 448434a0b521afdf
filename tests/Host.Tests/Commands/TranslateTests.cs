using System.Text.Json;
using Shouldly;
using Xunit;

namespace Stagedoor.Host.Tests.Commands;

public sealed class TranslateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_without_faults_gives_resources_and_statuses_and_exit_code_0()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);

        var (exitCode, output, error) = await CommandLine.RunAsync("translate", "--config", _folder.At("config"));

        exitCode.ShouldBe(0, error);
        using var document = JsonDocument.Parse(output);
        var proxy = document.RootElement.GetProperty("proxies").GetProperty("gloo-system~gateway-proxy");
        foreach (var kind in new[] { "listeners", "routes", "clusters" })
            proxy.GetProperty(kind).GetArrayLength().ShouldBe(1);
        var status = document.RootElement.GetProperty("statuses").EnumerateArray()
            .Single(status => status.GetProperty("kind").GetString() == "VirtualService");
        status.GetProperty("apiVersion").GetString().ShouldBe("gateway.solo.io/v1");
        status.GetProperty("metadata").GetProperty("name").GetString().ShouldBe("pets");
        status.GetProperty("status").GetProperty("statuses").GetProperty("gloo-system").GetProperty("state").GetString()
            .ShouldBe("Accepted");
    }

    [Fact]
    public async Task The_document_has_the_promised_shape()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);

        var (_, output, _) = await CommandLine.RunAsync("translate", "--config", _folder.At("config"));

        using var document = JsonDocument.Parse(output);
        document.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["proxies", "statuses"]);
        var proxy = document.RootElement.GetProperty("proxies").GetProperty("gloo-system~gateway-proxy");
        proxy.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["gateway", "proxy", "listeners", "routes", "clusters", "endpoints", "secrets"]);
        proxy.GetProperty("gateway").GetRawText().ShouldBe("null");
        proxy.GetProperty("proxy").TryGetProperty("listeners", out _).ShouldBeTrue();
        var manager = proxy.GetProperty("listeners")[0].GetProperty("filterChains")[0].GetProperty("filters")
            .EnumerateArray().Last().GetProperty("typedConfig");
        manager.GetProperty("@type").GetString().ShouldEndWith(".HttpConnectionManager");
    }

    [Fact]
    public async Task Other_kinds_and_files_are_listed_once_and_are_no_fault()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);
        _folder.Write("config/README.md", "Not for us.");
        _folder.Write(
            "config/app.yaml",
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: a.example.com}
            """);

        var (exitCode, _, error) = await CommandLine.RunAsync("translate", "--config", _folder.At("config"));

        exitCode.ShouldBe(0, error);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(line => line.Contains(": info SD1", StringComparison.Ordinal));
        foreach (var ignored in new[] { "Deployment", "Pod", "CustomResourceDefinition", "README.md" })
            lines.Count(line => line.Contains(ignored, StringComparison.Ordinal)).ShouldBe(1, error);
    }

    [Fact]
    public async Task A_warning_is_no_rejection()
    {
        _folder.Write(
            "config/petstore.yaml",
            SmallFolder.Petstore.Replace("upstream: {name: pets", "upstream: {name: gone", StringComparison.Ordinal));

        var (exitCode, _, error) = await CommandLine.RunAsync("translate", "--config", _folder.At("config"));

        exitCode.ShouldBe(0, error);
        error.ShouldContain("petstore.yaml:6: warning SD3001: ");
    }

    [Fact]
    public async Task A_rejected_document_is_named_with_its_line_and_exit_code_2()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);
        _folder.Write("config/broken.yaml", "apiVersion: gateway.solo.io/v1\nkind: VirtualService\nspec: [\n");

        var (exitCode, output, error) = await CommandLine.RunAsync("translate", "--config", _folder.At("config"));

        exitCode.ShouldBe(2);
        error.ShouldContain("broken.yaml:");
        error.ShouldContain("error SD1");
        output.ShouldContain("gloo-system~gateway-proxy");
    }

    [Fact]
    public async Task The_document_goes_to_a_file()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);

        var (exitCode, output, error) = await CommandLine.RunAsync(
            "translate", "--config", _folder.At("config"), "--output", _folder.At("out.json"));

        exitCode.ShouldBe(0, error);
        output.ShouldBeEmpty();
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(
            _folder.At("out.json"), TestContext.Current.CancellationToken));
        document.RootElement.TryGetProperty("proxies", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_an_error()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);

        var (exitCode, _, error) = await CommandLine.RunAsync(
            "translate", "--config", _folder.At("config"), "--output", _folder.At("nowhere/out.json"));

        exitCode.ShouldBe(1);
        error.ShouldContain("error SD6009: ");
    }
}
