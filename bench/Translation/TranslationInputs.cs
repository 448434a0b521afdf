using System.Globalization;
using Stagedoor.Api;

namespace Stagedoor.Bench.Translation;

/// <summary>The catalogs that translation is measured with, read from documents like everybody's.</summary>
internal static class TranslationInputs
{
    private const int RouteTables = 100;
    private const int Upstreams = 1000;

    /// <summary>
    /// VirtualServices of five routes, one of which delegates to one of 100 RouteTables of two routes; 1,000 Upstreams.
    /// </summary>
    public static CatalogView Delegating(int services) => View(
        Enumerable.Range(0, RouteTables).Select(RouteTable)
            .Concat(Enumerable.Range(0, services).Select(i => Delegating(i, "/four"))));

    /// <summary>VirtualServices of two routes; 1,000 Upstreams, one of them with endpoints of Kubernetes.</summary>
    public static CatalogView Plain(int services) =>
        View(Enumerable.Range(0, services).Select(i => Plain(i, "/one")).Append(Slice(1)));

    /// <summary>One of <see cref="Delegating(int)"/>.</summary>
    public static string Delegating(int i, string path) => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: vs-{{i:d5}}, namespace: team-{{i % 50}}}
        spec:
          virtualHost:
            domains: [host-{{i}}.example.com]
            routes:
            - matchers: [{exact: /one}]
              routeAction: {single: {upstream: {name: up-{{i % Upstreams}}, namespace: gloo-system} } }
            - matchers: [{prefix: /two, headers: [{name: x-version, value: "2"}]}]
              routeAction: {single: {upstream: {name: up-{{(i + 1) % Upstreams}}, namespace: gloo-system} } }
              options: {prefixRewrite: /, timeout: 5s}
            - matchers: [{prefix: /three}]
              redirectAction: {hostRedirect: example.com}
            - matchers: [{prefix: {{path}}, methods: [GET]}]
              directResponseAction: {status: 200, body: ok}
            - matchers: [{prefix: /table}]
              delegateAction: {ref: {name: table-{{i % RouteTables}}, namespace: gloo-system} }
        """);

    /// <summary>One of <see cref="Plain(int)"/>.</summary>
    public static string Plain(int i, string path) => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: vs-{{i:d5}}, namespace: team-{{i % 50}}}
        spec:
          virtualHost:
            domains: [host-{{i}}.example.com]
            routes:
            - matchers: [{exact: {{path}} }]
              routeAction: {single: {upstream: {name: up-{{i % Upstreams}}, namespace: gloo-system} } }
            - matchers: [{prefix: /}]
              routeAction: {single: {kube: {ref: {name: web, namespace: default}, port: 80} } }
        """);

    /// <summary>The endpoint of the one Service.</summary>
    public static string Slice(int address) => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-1, namespace: default, labels: {kubernetes.io/service-name: web} }
        addressType: IPv4
        ports: [{port: 8080}]
        endpoints: [{addresses: [10.0.{{address / 250}}.{{1 + (address % 250)}}]}]
        """);

    /// <summary>The objects of a document.</summary>
    public static IReadOnlyList<Resource> Read(string yaml)
    {
        var set = DocumentReader.Read(yaml, "bench.yaml");
        return set.Diagnostics.IsEmpty ? set.Resources : throw new InvalidOperationException($"{set.Diagnostics[0]}");
    }

    private static CatalogView View(IEnumerable<string> documents) => CatalogView.Empty.With(
        Common().Concat(documents).SelectMany(Read).ToList(), [], [], true);

    private static IEnumerable<string> Common() =>
    [
        """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gateway-proxy, namespace: gloo-system}
        spec: {bindAddress: '::', bindPort: 8080, httpGateway: {}}
        """,
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: default}
        spec: {ports: [{port: 80}]}
        """,
        .. Enumerable.Range(0, Upstreams).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""
            apiVersion: gloo.solo.io/v1
            kind: Upstream
            metadata: {name: up-{{i}}, namespace: gloo-system}
            spec: {static: {hosts: [{addr: 10.1.{{i / 250}}.{{1 + (i % 250)}}, port: 80}]} }
            """)),
    ];

    private static string RouteTable(int i) => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: gateway.solo.io/v1
        kind: RouteTable
        metadata: {name: table-{{i}}, namespace: gloo-system}
        spec:
          routes:
          - matchers: [{prefix: /table/a}]
            routeAction: {single: {upstream: {name: up-{{i}} } } }
          - matchers: [{prefix: /table/b}]
            directResponseAction: {status: 404}
        """);
}
