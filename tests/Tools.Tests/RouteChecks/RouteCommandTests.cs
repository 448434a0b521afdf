using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Stagedoor.Tools.Tests.RouteChecks;

public sealed class RouteCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RouteCommandTests() => _folder.Write("petstore.yaml", Samples.Petstore.Replace(
        "- matchers: [{prefix: /}]",
        "- matchers: [{prefix: /old}]\n      redirectAction: {pathRedirect: /new}\n"
        + "    - matchers: [{prefix: /api, headers: [{name: x-team, value: a}]}]\n"
        + "      directResponseAction: {status: 418, body: tea}\n"
        + "    - matchers: [{prefix: /cats}]\n      options: {prefixRewrite: /animals}\n"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_that_is_sent_on_shows_cluster_path_and_sources()
    {
        var (exitCode, output, error) = await Run("GET", "http://PETS.example/cats/1?a=b");

        exitCode.ShouldBe(0, error);
        output.ShouldStartWith("gloo-system~gateway-proxy listener-127.0.0.1-8080\n");
        output.ShouldContain("cluster   pets_gloo-system\n");
        output.ShouldContain("/animals/1?a=b to host PETS.example\n");
        output.ShouldContain("from      route: VirtualService gloo-system/pets (petstore.yaml:6)\n");
        output.ShouldContain("from      cluster pets_gloo-system: Upstream gloo-system/pets");
        output.ShouldContain("envoy.filters.http.router");
    }

    [Fact]
    public async Task Redirects_and_direct_responses_are_told_for_programs()
    {
        var redirect = await Json("GET", "http://pets.example/old?x=1");
        var direct = await Json("GET", "http://pets.example/api", "-H", "X-Team: a");
        var missing = await Json("GET", "http://other.example/");

        ((int)redirect["status"]!).ShouldBe(301);
        ((string)redirect["location"]!).ShouldBe("http://pets.example/new?x=1");
        ((int)direct["status"]!).ShouldBe(418);
        ((string)direct["body"]!).ShouldBe("tea");
        ((string)missing["outcome"]!).ShouldBe("NotFound");
    }

    [Theory]
    [InlineData(2, "GET", "https://pets.example/")]
    [InlineData(1, "GET", "pets.example")]
    public async Task What_no_listener_takes_or_is_no_url_has_its_exit_code(int code, string method, string url) =>
        (await Run(method, url)).ExitCode.ShouldBe(code);

    [Fact]
    public async Task Cases_are_checked_and_written_for_CI()
    {
        var cases = _folder.Write("cases.txt", """
            cases:
            - {name: cats, url: 'http://pets.example/cats', expect: {cluster: pets_gloo-system, path: /animals}}
            - {name: old, url: 'http://pets.example/old', expect: {status: 302}}
            """);

        var (exitCode, output, error) = await CommandLine.RunAsync(
            "test", cases, "--config", _folder.At(""), "--junit", _folder.At("results.txt"));

        exitCode.ShouldBe(2, error);
        output.ShouldContain("ok      cats\n");
        output.ShouldContain("FAILED  old: listener-127.0.0.1-8080: status is 301, not 302\n");
        var suite = System.Xml.Linq.XDocument.Load(_folder.At("results.txt")).Root!;
        ((int)suite.Attribute("tests")!).ShouldBe(2);
        ((int)suite.Attribute("failures")!).ShouldBe(1);
        suite.Elements("testcase").Last().Element("failure").ShouldNotBeNull();
    }

    private async Task<JsonNode> Json(params string[] args) =>
        JsonNode.Parse((await Run([.. args, "-o", "json"])).Output)!.AsArray().ShouldHaveSingleItem()!;

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] args) =>
        CommandLine.RunAsync(["route", .. args, "--config", _folder.At("")]);
}
