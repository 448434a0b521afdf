using Shouldly;
using Stagedoor.Api.GatewayApi;
using Xunit;

namespace Stagedoor.Api.Tests.GatewayApi;

/// <summary>Documents of the Gateway API as the API server would take and refuse them.</summary>
public sealed class ReadTests
{
    private const string Route =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: team}
        spec:
          parentRefs: [{name: edge}]
          hostnames: ["*.example.com"]
          rules:
          - matches: [{headers: [{name: x, value: "1"}]}]
            filters:
            - {type: RequestRedirect, requestRedirect: {hostname: example.org}}
            backendRefs: [{name: shop, port: 80}]
          - {}
        """;

    [Fact]
    public void Defaults_of_the_definitions_are_filled_in()
    {
        var route = Only(Route).As<HttpRoute>().Spec;

        route.ParentRefs[0].Group.ShouldBe("gateway.networking.k8s.io");
        route.ParentRefs[0].Kind.ShouldBe("Gateway");
        route.Rules[0].Matches[0].Path.Type.ShouldBe("PathPrefix");
        route.Rules[0].Matches[0].Path.Value.ShouldBe("/");
        route.Rules[0].Matches[0].Headers[0].Type.ShouldBe("Exact");
        route.Rules[0].Filters[0].RequestRedirect!.StatusCode.ShouldBe(302);
        route.Rules[0].BackendRefs[0].Weight.ShouldBe(1);
        route.Rules[0].BackendRefs[0].Kind.ShouldBe("Service");
        route.Rules[1].Matches.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("hostnames: [\"*.example.com\"]", "hostnames: [\"a.*.com\"]", "spec.hostnames[0]", 6)]
    [InlineData("port: 80", "port: 80000", "spec.rules[0].backendRefs[0].port", 11)]
    [InlineData("port: 80", "prot: 80", "spec.rules[0].backendRefs[0].prot", 11)]
    [InlineData("type: RequestRedirect", "type: Redirect", "spec.rules[0].filters[0].type", 10)]
    [InlineData("name: x, value: \"1\"", "name: x, value: 1", "spec.rules[0].matches[0].headers[0].value", 8)]
    [InlineData("{name: shop, port: 80}", "{port: 80}", "spec.rules[0].backendRefs[0]", 11)]
    [InlineData("gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v9", null, 1)]
    public void What_the_API_server_refuses_is_refused_with_line_and_field(
        string from, string to, string? field, int line)
    {
        var read = Read(Route.Replace(from, to, StringComparison.Ordinal));

        read.Resources.ShouldBeEmpty();
        var error = read.Diagnostics.ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Source!.Value.Line.ShouldBe(line);
        error.Resource!.Value.Name.ShouldBe("shop");
    }

    [Fact]
    public void A_GatewayClass_has_no_namespace() =>
        Only("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: stagedoor}
            spec: {controllerName: solo.io/gloo-gateway}
            """).Key.Namespace.ShouldBe("");

    [Fact]
    public void What_is_stored_comes_back()
    {
        var route = Only(Route);

        var back = ResourceCodec.Decode(ResourceCodec.Encode(route)).ShouldNotBeNull();

        back.As<HttpRoute>().Spec.Rules[0].Filters[0].RequestRedirect!.Hostname.ShouldBe("example.org");
        ContentHashes.Of(back.Metadata, back.Body).ShouldBe(route.ContentHash);
    }

    private static Resource Only(string text)
    {
        var read = Read(text);
        read.Diagnostics.ShouldBeEmpty();
        return read.Resources.ShouldHaveSingleItem();
    }

    private static DocumentSet Read(string text) =>
        DocumentReader.Read(text, "test.yaml", DocumentReaderOptions.Default);
}
