using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shouldly;
using Stagedoor.Host.Serving;
using Xunit;

namespace Stagedoor.Host.Tests.Commands;

/// <summary><c>stagedoor get</c> against a server with a good, a bad and an unreadable document.</summary>
public sealed class GetTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StagedoorServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("config/petstore.yaml", SmallFolder.Petstore);
        _folder.Write("config/unreadable.yaml", "kind: [\n");
        _folder.Write(
            "config/rejected.yaml",
            "apiVersion: gateway.solo.io/v1\nkind: VirtualService\n"
            + "metadata: {name: rejected, namespace: gloo-system}\n"
            + "spec: {virtualHost: {domains: [rejected.example.com], routes: [{matchers: [{prefix: /}]}]}}\n");
        _server = await StagedoorServer.StartAsync(
            new ServeOptions
            {
                Config = _folder.At("config"),
                Data = _folder.At("data"),
                KeyRing = _folder.At("data/keys"),
                XdsAddress = IPAddress.Loopback,
                XdsPort = 0,
                RestPort = 0,
                AdminPort = 0,
                LogLevel = LogLevel.Critical,
            },
            new StartupClock(), Stop);
        (await _server.WaitForFirstSnapshotsAsync(TimeSpan.FromSeconds(60), Stop)).ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("proxies", "PROXY", "gloo-system~gateway-proxy +1\\.\\d+ +True +False +1 +1 +1 ")]
    [InlineData("upstreams", "NAMESPACE", "gloo-system +pets +Accepted +pets_gloo-system +gloo-system~gateway-p.* 0")]
    [InlineData("virtualservices", "KIND", "VirtualService +gloo-system +pets +Accepted +petstore.yaml:6 +0")]
    [InlineData("virtualservices", "KIND", "VirtualService +gloo-system +rejected +Rejected +rejected.yaml:1 +1")]
    [InlineData("diagnostics", "CODE", "SD1001 +Error .* unreadable.yaml:2")]
    [InlineData("diagnostics", "CODE", "SD2030 +Error .* rejected.yaml:1")]
    public async Task A_table_has_a_heading_and_a_row_for_each(string kind, string heading, string row)
    {
        var (exitCode, output, error) = await GetAsync(kind);

        exitCode.ShouldBe(0, error);
        output.ShouldStartWith(heading);
        output.Split('\n').Count(line => System.Text.RegularExpressions.Regex.IsMatch(line, row)).ShouldBe(1, output);
    }

    [Fact]
    public async Task Nothing_is_said_to_be_none() => (await GetAsync("nodes")).Output.ShouldBe("none\n");

    [Theory]
    [InlineData("proxies")]
    [InlineData("upstreams")]
    [InlineData("virtualservices")]
    [InlineData("nodes")]
    [InlineData("diagnostics")]
    public async Task JSON_is_a_list(string kind)
    {
        var (exitCode, output, error) = await GetAsync(kind, "-o", "json");

        exitCode.ShouldBe(0, error);
        using var document = JsonDocument.Parse(output);
        document.RootElement.ValueKind.ShouldBe(JsonValueKind.Array);
        document.RootElement.GetArrayLength().ShouldBeGreaterThan(kind == "nodes" ? -1 : 0);
    }

    private Task<(int ExitCode, string Output, string Error)> GetAsync(string kind, params string[] more) =>
        CommandLine.RunAsync(["get", kind, "--admin", _server.Admin.ToString(), .. more]);
}
