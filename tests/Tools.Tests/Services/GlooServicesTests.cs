using System.Text.Json.Nodes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Stagedoor.Tools.Tests.Services;

/// <summary>Gloo's two gRPC services, asked by a client that is made of the contract alone.</summary>
public sealed class GlooServicesTests : IAsyncLifetime
{
    private const string Debug = "gloo.solo.io.ProxyEndpointService";
    private const string Validation = "gloo.solo.io.GlooValidationService";

    private const string Broken =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: broken, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ['broken.example']
            routes:
            - matchers: [{prefix: /a}]
              directResponseAction: {status: 200}
            - matchers: [{prefix: /b}]
              directResponseAction: {status: 7}
        """;

    private ServedFolder _served = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _served = await ServedFolder.StartAsync(Samples.Join(Samples.Petstore, Broken));

    public async ValueTask DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task Proxies_are_listed_with_listeners_labels_and_status()
    {
        using var client = new ContractClient(_served.Server.ProxyDebug);

        var answer = await client.CallAsync(Debug, "GetProxies", []);

        var proxy = answer["proxies"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)proxy["metadata"]!["name"]!).ShouldBe("gateway-proxy");
        ((string)proxy["metadata"]!["labels"]!["created_by"]!).ShouldBe("gloo-gateway");
        var listener = proxy["listeners"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)listener["name"]!).ShouldBe("listener-127.0.0.1-8080");
        ((long)listener["bindPort"]!).ShouldBe(8080);
        var hosts = listener["httpListener"]!["virtualHosts"]!.AsArray();
        hosts.Select(host => (string)host!["name"]!).ShouldBe(["gloo-system.broken", "gloo-system.pets"]);
        ((string)hosts[1]!["routes"]![0]!["routeAction"]!["single"]!["upstream"]!["name"]!).ShouldBe("pets");
        ((string)proxy["namespacedStatuses"]!["statuses"]!["gloo-system"]!["state"]!).ShouldBe("Rejected");
    }

    [Theory]
    [InlineData("""{"namespace": "gloo-system", "name": "gateway-proxy"}""", 1)]
    [InlineData("""{"namespace": "gloo-system"}""", 1)]
    [InlineData("""{"namespace": "elsewhere"}""", 0)]
    [InlineData("""{"selector": {"created_by": "gloo-gateway"}}""", 1)]
    [InlineData("""{"selector": {"created_by": "nobody"}}""", 0)]
    [InlineData("""{"expressionSelector": "created_by in (gloo-gateway, x), !other"}""", 1)]
    [InlineData("""{"expressionSelector": "created_by notin (gloo-gateway)"}""", 0)]
    // The expression wins over the labels.
    [InlineData("""{"selector": {"created_by": "nobody"}, "expressionSelector": "created_by"}""", 1)]
    public async Task Proxies_are_selected_by_name_namespace_and_labels(string request, int count)
    {
        using var client = new ContractClient(_served.Server.ProxyDebug);

        var answer = await client.CallAsync(Debug, "GetProxies", JsonNode.Parse(request)!.AsObject());

        (answer["proxies"]?.AsArray().Count ?? 0).ShouldBe(count);
    }

    [Theory]
    [InlineData("""{"namespace": "gloo-system", "name": "nobody"}""", StatusCode.NotFound)]
    [InlineData("""{"name": "gateway-proxy"}""", StatusCode.InvalidArgument)]
    [InlineData("""{"expressionSelector": "a b c"}""", StatusCode.InvalidArgument)]
    public async Task Questions_without_answer_are_errors(string request, StatusCode code)
    {
        using var client = new ContractClient(_served.Server.ProxyDebug);

        var error = await Should.ThrowAsync<RpcException>(
            client.CallAsync(Debug, "GetProxies", JsonNode.Parse(request)!.AsObject()));

        error.StatusCode.ShouldBe(code);
    }

    [Fact]
    public async Task Each_service_is_had_through_its_own_port_only()
    {
        using var client = new ContractClient(_served.Server.Xds);

        var error = await Should.ThrowAsync<RpcException>(client.CallAsync(Debug, "GetProxies", []));

        error.StatusCode.ShouldBe(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task A_report_has_the_error_at_its_route()
    {
        using var client = new ContractClient(_served.Server.Validation);

        var answer = await client.CallAsync(Validation, "Validate", []);

        var report = answer["validationReports"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)report["proxy"]!["metadata"]!["name"]!).ShouldBe("gateway-proxy");
        var hosts = report["proxyReport"]!["listenerReports"]![0]!["httpListenerReport"]!["virtualHostReports"]!;
        var error = hosts[0]!["routeReports"]![1]!["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["type"]!).ShouldBe("ProcessingError");
        ((string)error["reason"]!).ShouldContain("must be between 200 and 599");
        hosts[1]!["routeReports"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Deleting_an_upstream_shows_the_routes_that_lose_it_and_changes_nothing()
    {
        using var client = new ContractClient(_served.Server.Validation);
        var request = JsonNode.Parse(
            """{"deletedResources": {"upstreamRefs": [{"name": "pets", "namespace": "gloo-system"}]}}""")!.AsObject();

        var answer = await client.CallAsync(Validation, "Validate", request);
        var after = await client.CallAsync(Validation, "Validate", []);

        // The type is the enum's zero, which is not on the wire.
        var warning = Route(answer)["warnings"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        warning.ContainsKey("type").ShouldBeFalse();
        ((string)warning["reason"]!).ShouldContain("pets");
        Route(after)["warnings"].ShouldBeNull();

        static JsonNode Route(JsonObject answer) =>
            answer["validationReports"]![0]!["proxyReport"]!["listenerReports"]![0]!["httpListenerReport"]!
                ["virtualHostReports"]![1]!["routeReports"]![0]!;
    }

    [Fact]
    public async Task A_modified_upstream_is_reported_and_a_proxy_of_its_own_is_validated()
    {
        using var client = new ContractClient(_served.Server.Validation);
        var request = JsonNode.Parse(
            """
            {
              "proxy": {
                "metadata": {"name": "mine", "namespace": "gloo-system"},
                "listeners": [{"name": "l", "bindAddress": "nowhere", "bindPort": 8081, "httpListener": {}}]
              },
              "modifiedResources": {"upstreams": [
                {"metadata": {"name": "pets", "namespace": "gloo-system"}, "static": {"hosts": [{"port": 80}]}}
              ]}
            }
            """)!.AsObject();

        var answer = await client.CallAsync(Validation, "Validate", request);

        var report = answer["validationReports"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)report["proxy"]!["metadata"]!["name"]!).ShouldBe("mine");
        var listener = report["proxyReport"]!["listenerReports"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)listener["errors"]![0]!["reason"]!).ShouldContain("nowhere");
        var upstream = report["upstreamReports"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)upstream["resourceRef"]!["name"]!).ShouldBe("pets");
        upstream["warnings"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_request_of_forty_megabytes_is_read()
    {
        using var client = new ContractClient(_served.Server.Validation);
        var request = new JsonObject
        {
            ["modifiedResources"] = new JsonObject
            {
                ["upstreams"] = new JsonArray(new JsonObject
                {
                    ["metadata"] = new JsonObject
                    {
                        ["name"] = "large",
                        ["namespace"] = "gloo-system",
                        ["annotations"] = new JsonObject { ["a"] = new string('a', 40 << 20) },
                    },
                }),
            },
        };

        var answer = await client.CallAsync(Validation, "Validate", request);

        answer["validationReports"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_change_of_inputs_is_announced()
    {
        using var client = new ContractClient(_served.Server.Validation);
        using var call = client.Stream(Validation, "NotifyOnResync");

        (await call.ResponseStream.MoveNext(Stop)).ShouldBeTrue();
        _served.Write("inputs.yaml", Samples.Petstore.Replace("8090", "8091"));

        (await call.ResponseStream.MoveNext(Stop)).ShouldBeTrue();
        ContractCodec.Decode("gloo.solo.io.NotifyOnResyncResponse", call.ResponseStream.Current).ShouldBeEmpty();
    }

    [Fact]
    public async Task Explain_and_get_ask_the_running_server()
    {
        var admin = _served.Server.Admin.ToString();

        var explained = await CommandLine.RunAsync("explain", "vs", "gloo-system/pets", "--admin", admin);
        var got = await CommandLine.RunAsync("get", "virtualservices", "gloo-system/broken", "--admin", admin);
        var missing = await CommandLine.RunAsync("get", "virtualservices", "gloo-system/none", "--admin", admin);

        explained.ExitCode.ShouldBe(0, explained.Error);
        explained.Output.ShouldContain("host      gloo-system_pets");
        got.Output.ShouldContain("error SD3004: ");
        got.Output.ShouldNotContain("pets");
        missing.ExitCode.ShouldBe(1);
    }
}
