using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Stagedoor.Tools.Tests.Explaining;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Places_are_printed_for_people()
    {
        _folder.Write("petstore.yaml", Samples.Petstore);

        var (exitCode, output, error) = await Run("vs", "gloo-system/pets");

        exitCode.ShouldBe(0, error);
        output.ShouldStartWith("VirtualService gloo-system/pets (petstore.yaml:6)\ntakes effect in:\n");
        output.ShouldContain("    host      gloo-system_pets\n");
        output.ShouldContain("    by        Gateway gloo-system/gateway-proxy spec.httpGateway (127.0.0.1:8080)\n");
    }

    [Fact]
    public async Task The_first_gate_is_printed_for_programs()
    {
        _folder.Write("petstore.yaml", Samples.Join(
            Samples.Gateway.Replace("httpGateway: {}", "httpGateway: {virtualServiceSelector: {a: b}}"),
            Samples.VirtualService));

        var (exitCode, output, _) = await Run("VirtualServices", "gloo-system/pets", "-o", "json");

        exitCode.ShouldBe(2);
        var view = JsonNode.Parse(output)!;
        ((bool)view["takesEffect"]!).ShouldBeFalse();
        ((string)view["firstGate"]!["gate"]!).ShouldBe("Labels");
        ((string)view["firstGate"]!["at"]!).ShouldBe("Gateway gloo-system/gateway-proxy");
    }

    [Theory]
    [InlineData("SD6021", "Service", "a/b")]
    [InlineData("SD6021", "VirtualService", "pets")]
    public async Task What_is_no_kind_or_name_gives_exit_code_1(string code, string kind, string name)
    {
        var (exitCode, _, error) = await Run(kind, name);

        exitCode.ShouldBe(1);
        error.ShouldContain(code);
    }

    [Fact]
    public async Task A_source_must_be_chosen()
    {
        var (exitCode, _, error) = await CommandLine.RunAsync("explain", "vs", "a/b");

        exitCode.ShouldBe(1);
        error.ShouldContain("--config");
    }

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] args) =>
        CommandLine.RunAsync(["explain", .. args, "--config", _folder.At("")]);
}
