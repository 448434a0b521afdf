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
