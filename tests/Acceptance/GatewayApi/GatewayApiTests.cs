using System.Globalization;
using System.Net;
using System.Text;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.GatewayApi;

/// <summary>The Gateway API through a real Envoy, as its specification says that requests are answered.</summary>
public sealed class GatewayApiTests
{
    private const string Role = "gloo-kube-gateway-api~infra~infra-edge";

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Requests_are_answered_as_the_specification_says(string version)
    {
        var port = Ports.Take();
        await using var stage = await Stage.StartAsync(version, petstore => petstore.Save(
            "gateway-api.yaml", Manifest(port, petstore.PetstorePort, petstore.NextPort)));
        await using var envoy = await EnvoyProcess.StartAsync(version, stage.Server.XdsPort, "edge-1", role: Role);
        await envoy.UntilReadyAsync();
        await using var http = new HttpProbe(port);
        await Wait.UntilAsync("the Gateway to answer", async () => (await http.GetAsync("/api")).Status == 200);

        await Paths(http);
        await Matches(http);
        await Filters(http);
        await Backends(http);
        await Hosts(http);
        (await envoy.StatsAsync("update_rejected")).Values.ShouldAllBe(count => count == 0);
    }

    private static async Task Paths(HttpProbe http)
    {
        (await http.GetAsync("/api")).EchoPath.ShouldBe("/api");
        (await http.GetAsync("/api/x")).EchoServer.ShouldBe("petstore");
        (await http.GetAsync("/apix")).Status.ShouldBe(404);
        (await http.GetAsync("/api/exact")).EchoServer.ShouldBe("petstore-next");
        (await http.GetAsync("/api/exact/")).EchoServer.ShouldBe("petstore");
        (await http.GetAsync("/api/long/prefix/x")).EchoServer.ShouldBe("petstore-next");
    }

    private static async Task Matches(HttpProbe http)
    {
        (await http.GetAsync("/api/x", ("x-next", "yes"))).EchoServer.ShouldBe("petstore-next");
        (await http.GetAsync("/api/x", ("x-next", "no"))).EchoServer.ShouldBe("petstore");
        (await http.GetAsync("/api/x?next=7")).EchoServer.ShouldBe("petstore-next");
        (await http.SendAsync(HttpMethod.Put, "/api/x")).EchoServer.ShouldBe("petstore-next");
    }

    private static async Task Filters(HttpProbe http)
    {
        var rewritten = await http.GetAsync("/rewrite/a?q=1", ("x-gone", "1"));
        rewritten.EchoPath.ShouldBe("/v1/a");
        rewritten.EchoHeader("x-set").ShouldBe("50%");
        rewritten.EchoHeader("x-gone").ShouldBeNull();
        rewritten.Headers["x-answer"].ShouldBe("set");
        (await http.GetAsync("/strip/a")).EchoPath.ShouldBe("/a");
        (await http.GetAsync("/strip")).EchoPath.ShouldBe("/");
        (await http.GetAsync("/full/a/b")).EchoPath.ShouldBe("/whole");

        var moved = await http.GetAsync("/moved/x");
        moved.Status.ShouldBe((int)HttpStatusCode.MovedPermanently);
        moved.Headers["location"].ShouldBe("https://example.org/new/x");
        var cors = await http.SendAsync(
            HttpMethod.Options, "/cors", ("origin", "https://a.example.com"), ("access-control-request-method", "PUT"));
        cors.Status.ShouldBe(200);
        cors.Headers["access-control-allow-origin"].ShouldBe("https://a.example.com");
        (await http.GetAsync("/protected")).Status.ShouldBe(500);
    }

    private static async Task Backends(HttpProbe http)
    {
        (await http.GetAsync("/none")).Status.ShouldBe(500);
        (await http.GetAsync("/missing")).Status.ShouldBe(500);
        (await http.GetAsync("/foreign")).Status.ShouldBe(500);
        (await http.GetAsync("/granted")).Status.ShouldBe(200);
        var statuses = new List<int>();
        for (var i = 0; i < 60; i++) statuses.Add((await http.GetAsync("/half")).Status);
        statuses.Distinct().Order().ShouldBe([200, 500]);
        (await http.GetAsync("/weighted")).EchoServer.ShouldBe("petstore-next");
    }

    private static async Task Hosts(HttpProbe http)
    {
        (await http.GetAsync("/", ("host", "only.example.com"))).EchoServer.ShouldBe("petstore-next");
        (await http.GetAsync("/", ("host", "only.example.com:8080"))).EchoServer.ShouldBe("petstore-next");
        (await http.GetAsync("/api", ("host", "only.example.com"))).EchoServer.ShouldBe("petstore-next");
        (await http.GetAsync("/api", ("host", "idle.example.com"))).Status.ShouldBe(404);
        (await http.GetAsync("/api", ("host", "other.example.com"))).EchoServer.ShouldBe("petstore");
    }

    private static string Manifest(int port, int petstore, int next)
    {
        var text = new StringBuilder();
        text.Append(Template);
        text.Replace("PORT", port.ToString(CultureInfo.InvariantCulture));
        foreach (var ns in (string[])["infra", "team"])
        {
            text.Append(Service(ns, "petstore", petstore));
            text.Append(Service(ns, "next", next));
        }

        return text.ToString();
    }

    private static string Service(string ns, string name, int port) =>
        $$"""
          ---
          apiVersion: v1
          kind: Service
          metadata: {name: {{name}}, namespace: {{ns}} }
          spec: {ports: [{name: http, port: 80, targetPort: {{port}} }]}
          ---
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: {name: {{name}}-1, namespace: {{ns}}, labels: {kubernetes.io/service-name: {{name}} } }
          addressType: IPv4
          endpoints: [{addresses: [127.0.0.1]}]
          ports: [{name: http, port: {{port}} }]

          """;

    private const string Template =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: infra}
        spec:
          gatewayClassName: gloo-gateway
          listeners:
          - {name: all, port: PORT, protocol: HTTP}
          - {name: only, port: PORT, protocol: HTTP, hostname: only.example.com}
          - {name: idle, port: PORT, protocol: HTTP, hostname: idle.example.com}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ReferenceGrant
        metadata: {name: grant, namespace: team}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: infra}]
          to: [{group: "", kind: Service, name: petstore}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: only, namespace: infra}
        spec:
          parentRefs: [{name: edge, sectionName: only}]
          rules: [{backendRefs: [{name: next, port: 80}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: api, namespace: infra}
        spec:
          parentRefs: [{name: edge, sectionName: all}]
          rules:
          - matches: [{path: {value: /api/}}]
            backendRefs: [{name: petstore, port: 80}]
          - matches:
            - {path: {type: Exact, value: /api/exact}}
            - {path: {value: /api/long/prefix}}
            - {path: {value: /api}, headers: [{name: x-next, value: "yes"}]}
            - {path: {value: /api}, queryParams: [{name: next, value: "[0-9]+", type: RegularExpression}]}
            - {path: {value: /api}, method: PUT}
            backendRefs: [{name: next, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: filters, namespace: infra}
        spec:
          parentRefs: [{name: edge, sectionName: all}]
          rules:
          - matches: [{path: {value: /rewrite}}]
            filters:
            - {type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /v1/}}}
            - type: RequestHeaderModifier
              requestHeaderModifier: {set: [{name: x-set, value: "50%"}], remove: [x-gone]}
            - type: ResponseHeaderModifier
              responseHeaderModifier: {set: [{name: x-answer, value: set}]}
            backendRefs: [{name: petstore, port: 80}]
          - matches: [{path: {value: /strip}}]
            filters:
            - {type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}
            backendRefs: [{name: petstore, port: 80}]
          - matches: [{path: {value: /full}}]
            filters:
            - {type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /whole}}}
            backendRefs: [{name: petstore, port: 80}]
          - matches: [{path: {value: /moved}}]
            filters:
            - type: RequestRedirect
              requestRedirect:
                {scheme: https, hostname: example.org, statusCode: 301,
                 path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}
          - matches: [{path: {value: /cors}}]
            filters:
            - {type: CORS, cors: {allowOrigins: ["https://*.example.com"], allowMethods: [PUT]}}
            backendRefs: [{name: petstore, port: 80}]
          - matches: [{path: {value: /protected}}]
            filters:
            - type: ExternalAuth
              externalAuth: {protocol: GRPC, backendRef: {name: petstore, port: 80}}
            backendRefs: [{name: petstore, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: backends, namespace: infra}
        spec:
          parentRefs: [{name: edge, sectionName: all}]
          rules:
          - matches: [{path: {value: /none}}]
          - matches: [{path: {value: /missing}}]
            backendRefs: [{name: nowhere, port: 80}]
          - matches: [{path: {value: /foreign}}]
            backendRefs: [{name: next, namespace: team, port: 80}]
          - matches: [{path: {value: /granted}}]
            backendRefs: [{name: petstore, namespace: team, port: 80}]
          - matches: [{path: {value: /half}}]
            backendRefs: [{name: petstore, port: 80}, {name: nowhere, port: 80}]
          - matches: [{path: {value: /weighted}}]
            backendRefs: [{name: petstore, port: 80, weight: 0}, {name: next, port: 80, weight: 5}]

        """;
}
