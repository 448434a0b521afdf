using Shouldly;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway.Tests.Support;
using Xunit;

namespace Stagedoor.Translation.Gateway.Tests;

/// <summary>Which of two Proxies a change touches, and that nothing else is made anew.</summary>
public sealed class TouchTests
{
    private const string Start = """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: a, namespace: gloo-system}
        spec: {bindPort: 80, bindAddress: '::', proxyNames: [a], httpGateway: {virtualServiceSelector: {team: a}}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: b, namespace: gloo-system}
        spec: {bindPort: 80, bindAddress: '::', proxyNames: [b], httpGateway: {virtualServiceSelector: {team: b}}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: a, namespace: default, labels: {team: a}}
        spec:
          virtualHost:
            domains: [a.example.com]
            options: {headerManipulation: {requestHeadersToAdd: [{headerSecretRef: {name: head, namespace: default}}]}}
            routes:
            - matchers: [{prefix: /table}]
              delegateAction: {selector: {labels: {team: a}}}
            - routeAction: {single: {kube: {ref: {name: web, namespace: default}, port: 80}}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: b, namespace: default, labels: {team: b}}
        spec:
          virtualHost:
            domains: [b.example.com]
            routes:
            - routeAction: {upstreamGroup: {name: group, namespace: default}}
              optionsConfigRefs: {delegateOptions: [{name: options, namespace: default}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: default}
        spec: {ports: [{port: 80}]}
        """;

    private static readonly CatalogView View = Views.Of(Start);

    [Theory]
    [InlineData("v1", "Secret", "head", "stringData: {x: y}", "a")]
    [InlineData("v1", "Secret", "other", "stringData: {x: y}", "")]
    [InlineData("v1", "Service", "web", "spec: {ports: [{port: 81}]}", "a")]
    [InlineData("v1", "Service", "api", "spec: {ports: [{port: 80}]}", "")]
    [InlineData("v1", "Endpoints", "web", "subsets: []", "a")]
    [InlineData("gloo.solo.io/v1", "UpstreamGroup", "group", "spec: {}", "b")]
    [InlineData("gloo.solo.io/v1", "Upstream", "unused", "spec: {pipe: {path: /a}}", "")]
    [InlineData("gateway.solo.io/v1", "RouteOption", "options", "spec: {options: {timeout: 1s}}", "b")]
    [InlineData("gateway.solo.io/v1", "RouteOption", "unused", "spec: {options: {timeout: 1s}}", "")]
    [InlineData("gateway.solo.io/v1", "RouteTable", "unlabelled", "spec: {}", "")]
    [InlineData("gateway.solo.io/v1", "VirtualService", "unlabelled", "spec: {virtualHost: {}}", "")]
    [InlineData("gloo.solo.io/v1", "Settings", "default", "spec: {discoveryNamespace: gloo-system}", "a b")]
    public void What_comes_touches_those_who_use_it(
        string apiVersion, string kind, string name, string rest, string touched)
    {
        var ns = kind == "Settings" ? "gloo-system" : "default";
        var next = View.With(
            $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: {name}, namespace: {ns}}}\n{rest}");

        Touched(View, next).ShouldBe(touched);
        Touched(next, View).ShouldBe(touched);
    }

    [Fact]
    public void A_label_that_changes_touches_who_selected_and_who_selects()
    {
        var table = """
            apiVersion: gateway.solo.io/v1
            kind: RouteTable
            metadata: {name: t, namespace: default, labels: {team: a}}
            spec: {routes: [{matchers: [{prefix: /table/x}], directResponseAction: {status: 200}}]}
            """;
        var with = View.With(table);
        Touched(View, with).ShouldBe("a");
        Touched(with, with.With(table.Replace("team: a", "team: c", StringComparison.Ordinal))).ShouldBe("a");

        var moved = View.With(Start.Split("---")[2].Replace("team: a", "team: b", StringComparison.Ordinal));
        Touched(View, moved).ShouldBe("a b");
    }

    [Fact]
    public void Endpoints_touch_the_upstreams_of_their_service_only()
    {
        var next = View.With("""
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, namespace: default, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{port: 80}]
            endpoints: [{addresses: [10.0.0.1]}]
            """);

        new TouchIndex().Between(View, next).Upstreams.ShouldHaveSingleItem()
            .ShouldBe(KubeServiceNames.KeyOf("default", "web", 80));
    }

    [Fact]
    public void Every_virtual_host_that_did_not_change_is_the_same_object()
    {
        var memo = new GatewayMemo();
        var view = View.With(string.Join("\n---\n", Enumerable.Range(0, 50).Select(i => Host(i, "/one"))));
        var proxy = new ProxyId("gloo-system", "a");
        var before = GatewayTranslator.Translate(view, proxy, memo).Proxy!.Listeners[0].HttpListener.VirtualHosts;
        var after = GatewayTranslator.Translate(view.With(Host(7, "/two")), proxy, memo)
            .Proxy!.Listeners[0].HttpListener.VirtualHosts;

        after.Count.ShouldBe(51);
        after.Zip(before).Count(pair => !ReferenceEquals(pair.First, pair.Second)).ShouldBe(1);
    }

    private static string Touched(CatalogView older, CatalogView newer) => string.Join(
        ' ', new TouchIndex().Between(older, newer).Proxies.Select(proxy => proxy.Name));

    private static string Host(int i, string path) => string.Create(null, $$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: vs-{{i}}, namespace: default, labels: {team: a} }
        spec:
          virtualHost:
            domains: [host-{{i}}.example.com]
            routes: [{matchers: [{prefix: {{path}} }], directResponseAction: {status: 200} } ]
        """);
}
