using Stagedoor.Api;
using Stagedoor.Translation.Gateway.Tests.Support;

namespace Stagedoor.Translation.Gateway.Tests.Incremental;

/// <summary>
/// The objects that random edits put and take away: few names, several versions of each, so that most edits hit
/// something, and references to what is not there.
/// </summary>
internal static class EditPool
{
    /// <summary>Everything that can be put.</summary>
    public static readonly Resource[] All =
    [
        .. Gateways(), .. Matchables(), .. VirtualServices(), .. RouteTables(), .. Options(), .. Upstreams(),
        .. Services(), .. Secrets(), .. SettingsVersions(), .. Proxies(),
    ];

    /// <summary>What a sequence begins with, so that there is something to touch.</summary>
    public static readonly Resource[] Start =
    [
        .. Views.Read(Gateway("a", 8080, "proxyNames: [a], httpGateway: {virtualServiceSelector: {team: x}}")),
        .. Views.Read(Gateway("b", 8080, "proxyNames: [b], httpGateway: {virtualServiceSelector: {team: y}}")),
        .. Views.Read(Service("web", 80)),
    ];

    private static IEnumerable<Resource> Gateways() => Read(
    [
        Gateway("a", 8080, "proxyNames: [a], httpGateway: {virtualServiceSelector: {team: x}}"),
        Gateway("a", 8080, "proxyNames: [a], httpGateway: {virtualServiceNamespaces: [other]}"),
        Gateway("a", 8080, "proxyNames: [a, b], httpGateway: {}"),
        Gateway("b", 8080, "proxyNames: [b], httpGateway: {virtualServiceSelector: {team: y}}"),
        Gateway("b", 8081, """
            proxyNames: [b], httpGateway: {virtualServiceExpressions: {expressions: [{key: team, operator: Exists}]}}
            """),
        Gateway("b", 8080, """
            proxyNames: [b], httpGateway: {virtualServices: [{name: vs1, namespace: other}, {name: vs9, namespace: x}]}
            """),
        Gateway("c", 8080, "proxyNames: [b], httpGateway: {}"),
        Gateway("c", 8443, "ssl: true, proxyNames: [c], httpGateway: {}"),
        Gateway("c", 8443, "ssl: true, proxyNames: [c], httpGateway: {}", "gateway.solo.io/isolate_vhost: 'true'"),
        Gateway("d", 9000, """
            proxyNames: [c], hybridGateway: {delegatedHttpGateways: {selector: {labels: {part: x}}},
            delegatedTcpGateways: {}}
            """),
        Gateway("d", 9000, """
            proxyNames: [c], hybridGateway: {matchedGateways: [
            {matcher: {sourcePrefixRanges: [{addressPrefix: 10.0.0.0, prefixLen: 8}]}, httpGateway: {}},
            {matcher: {sslConfig: {sniDomains: [tcp.example.com]}}, tcpGateway: {tcpHosts: [
            {name: t, destination: {single: {upstream: {name: us1, namespace: default}}}}]}}]}
            """),
    ]);

    private static IEnumerable<Resource> Matchables() => Read(
        from label in new[] { "x", "y" }
        from http in new[] { "{}", "{virtualServiceSelector: {team: y}}" }
        select $$"""
            apiVersion: gateway.solo.io/v1
            kind: MatchableHttpGateway
            metadata: {name: part, namespace: gloo-system, labels: {part: {{label}}} }
            spec: {matcher: {sourcePrefixRanges: [{addressPrefix: 10.0.0.0, prefixLen: 8}]}, httpGateway: {{http}}}
            """);

    private static IEnumerable<Resource> VirtualServices() => Read(
        from ns in new[] { "default", "other" }
        from name in new[] { "vs1", "vs2", "vs3" }
        from version in Versions(ns, name)
        select version);

    private static IEnumerable<string> Versions(string ns, string name)
    {
        const string ssl = "sslConfig: {secretRef: {name: cert, namespace: default}, sniDomains: [a.example.com]}, ";
        yield return VirtualService(
            ns, name, "x", 1, "", "domains: [a.example.com]",
            "routeAction: {single: {upstream: {name: us1}}}");
        yield return VirtualService(
            ns, name, "y", 2, "", $"domains: [{name}.example.com, a.example.com]",
            "routeAction: {single: {kube: {ref: {name: web, namespace: default}, port: 80}}}");
        yield return VirtualService(
            ns, name, "x", 3, "", $"domains: [{name}.example.com]",
            "delegateAction: {selector: {labels: {kind: table}, namespaces: [default, other]} }");
        yield return VirtualService(
            ns, name, "x", 3, "", $"domains: [{name}.example.com]", "delegateAction: {selector: {namespaces: ['*']}}");
        yield return VirtualService(
            ns, name, "y", 3, "", $"domains: [{name}.example.com]",
            "delegateAction: {ref: {name: rt1, namespace: default}}");
        yield return VirtualService(
            ns, name, "z", 1, ssl, "domains: [a.example.com]",
            "routeAction: {upstreamGroup: {name: group, namespace: default}}");
        yield return VirtualService(
            ns, name, "x", 1, ssl, $"domains: [{name}.example.com]",
            "routeAction: {multi: {destinations: [{weight: 1, destination: {upstream: {name: us2}}}]}}");
        yield return VirtualService(
            ns, name, "y", 1, "",
            "domains: ['*'], optionsConfigRefs: {delegateOptions: [{name: vho, namespace: default}]}",
            "optionsConfigRefs: {delegateOptions: [{name: ro, namespace: default}]}, "
            + "routeAction: {single: {upstream: {name: us1, namespace: default}}}");
        yield return VirtualService(
            ns, name, "x", 1, "", $"domains: [{name}.example.com]", "directResponseAction: {status: 200}, name: named");
    }

    private static IEnumerable<Resource> RouteTables() => Read(
        from ns in new[] { "default", "other" }
        from name in new[] { "rt1", "rt2" }
        from version in new[]
        {
            ("kind: table", "weight: 1, ", "directResponseAction: {status: 200}"),
            ("kind: table", "", "routeAction: {single: {upstream: {name: us1}}}"),
            ("kind: other", "", "delegateAction: {ref: {name: rt2, namespace: other}}"),
            ("kind: table", "", "delegateAction: {selector: {labels: {kind: other}}}"),
            ("kind: other", "", "routeAction: {single: {upstream: {name: us2, namespace: default}}}"),
        }
        select $$"""
            apiVersion: gateway.solo.io/v1
            kind: RouteTable
            metadata: {name: {{name}}, namespace: {{ns}}, labels: { {{version.Item1}} } }
            spec: { {{version.Item2}}routes: [{matchers: [{prefix: /{{name}}}], {{version.Item3}}}]}
            """);

    private static IEnumerable<Resource> Options() => Read(
        from version in new[]
        {
            ("RouteOption", "ro", "timeout: 5s"),
            ("RouteOption", "ro", "prefixRewrite: //"),
            ("RouteOption", "ro", "headerManipulation: {requestHeadersToAdd: [{headerSecretRef: {name: head, "
                + "namespace: default}}]}"),
            ("VirtualHostOption", "vho", "includeRequestAttemptCount: true"),
            ("VirtualHostOption", "vho", "retries: {retryOn: 5xx, numRetries: 2}"),
        }
        select $$"""
            apiVersion: gateway.solo.io/v1
            kind: {{version.Item1}}
            metadata: {name: {{version.Item2}}, namespace: default}
            spec: {options: { {{version.Item3}} } }
            """);

    private static IEnumerable<Resource> Upstreams() => Read(
        from version in new[]
        {
            ("Upstream", "us1", "static: {hosts: [{addr: 10.0.0.1, port: 80}]}"),
            ("Upstream", "us1", "static: {hosts: []}"),
            ("Upstream", "us1", "kube: {serviceName: web, serviceNamespace: default, servicePort: 80}"),
            ("Upstream", "us2", "static: {hosts: [{addr: 10.0.0.2, port: 80}]}"),
            ("Upstream", "us2", "sslConfig: {secretRef: {name: cert, namespace: default}}, "
                + "static: {hosts: [{addr: 10.0.0.3, port: 443}]}"),
            ("UpstreamGroup", "group", "destinations: [{weight: 1, destination: {upstream: {name: us1, "
                + "namespace: default}}}]"),
            ("UpstreamGroup", "group", "destinations: [{weight: 1, destination: {kube: {ref: {name: web, "
                + "namespace: default}, port: 80}}}]"),
        }
        select $$"""
            apiVersion: gloo.solo.io/v1
            kind: {{version.Item1}}
            metadata: {name: {{version.Item2}}, namespace: default}
            spec: { {{version.Item3}} }
            """);

    private static IEnumerable<Resource> Services() => Read(
    [
        Service("web", 80),
        Service("web", 81),
        Service("api", 80),
        Slice("web-1", "web", "10.1.0.1"),
        Slice("web-1", "web", "10.1.0.2"),
        Slice("web-2", "web", "10.1.0.3"),
        Slice("web-2", "api", "10.1.0.3"),
        """
        apiVersion: v1
        kind: Endpoints
        metadata: {name: web, namespace: default}
        subsets: [{addresses: [{ip: 10.1.0.9}], ports: [{port: 8080}]}]
        """,
    ]);

    private static IEnumerable<Resource> Secrets() => Read(
        from version in new[] { ("cert", "one"), ("cert", "two"), ("head", "three") }
        select $$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: {{version.Item1}}, namespace: default}
            stringData: {token: {{version.Item2}}}
            """);

    private static IEnumerable<Resource> SettingsVersions() => Read(
        new[]
        {
            "{}",
            "{watchNamespaces: [gloo-system, default]}",
            "{watchNamespaceSelectors: [{matchLabels: {watch: 'yes'}}]}",
            "{gateway: {translateEmptyGateways: true}, gloo: {disableKubernetesDestinations: true}}",
        }.Select(spec => $$"""
            apiVersion: gloo.solo.io/v1
            kind: Settings
            metadata: {name: default, namespace: gloo-system}
            spec: {{spec}}
            """).Concat(
        from label in new[] { "'yes'", "'no'" }
        select $$"""
            apiVersion: v1
            kind: Namespace
            metadata: {name: other, labels: {watch: {{label}}} }
            """));

    private static IEnumerable<Resource> Proxies() => Read(
        from version in new[] { ("stored", "8080"), ("stored", "8081"), ("a", "8082") }
        select $$"""
            apiVersion: gloo.solo.io/v1
            kind: Proxy
            metadata: {name: {{version.Item1}}, namespace: gloo-system}
            spec:
              listeners:
              - name: l
                bindAddress: "::"
                bindPort: {{version.Item2}}
                httpListener:
                  virtualHosts:
                  - name: h
                    domains: ["*"]
                    routes: [{routeAction: {single: {upstream: {name: us1, namespace: default} } } }]
            """);

    private static string Gateway(string name, int port, string spec, string annotations = "") => $$"""
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gw-{{name}}, namespace: gloo-system, annotations: { {{annotations}} } }
        spec: {bindAddress: "::", bindPort: {{port}}, {{spec.Trim().ReplaceLineEndings(" ")}} }
        """;

    private static string VirtualService(
        string ns, string name, string team, int day, string ssl, string host, string route) => $$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata:
          {name: {{name}}, namespace: {{ns}}, labels: {team: {{team}}}, creationTimestamp: 2024-01-0{{day}}T00:00:00Z}
        spec: { {{ssl}}virtualHost: { {{host}}, routes: [{matchers: [{prefix: /}], {{route}} }]} }
        """;

    private static string Service(string name, int port) => $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: default}
        spec: {ports: [{port: {{port}}}]}
        """;

    private static string Slice(string name, string service, string address) => $$"""
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: {{name}}, namespace: default, labels: {kubernetes.io/service-name: {{service}}} }
        addressType: IPv4
        ports: [{port: 8080}]
        endpoints: [{addresses: [{{address}}]}]
        """;

    private static IEnumerable<Resource> Read(IEnumerable<string> documents) => documents.SelectMany(Views.Read);
}
