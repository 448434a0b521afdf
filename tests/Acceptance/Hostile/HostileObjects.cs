using static Stagedoor.Acceptance.Hostile.HostileCase;

namespace Stagedoor.Acceptance.Hostile;

/// <summary>Objects of the right form that make no sense, or are meant to do harm.</summary>
internal static class HostileObjects
{
    private const string Answer = "directResponseAction: {status: 200, body: x}";

    public static IEnumerable<HostileCase> All =>
        [.. VirtualServices, .. Matchers, .. Actions, .. Delegation, .. Upstreams, .. Gateways];

    private static IEnumerable<HostileCase> VirtualServices =>
    [
        Of("VirtualService", "no-virtual-host", "SD2011", 1, Document("VirtualService", "no-virtual-host", "spec: {}")),
        Domains("domain-twice", "SD2012", "[twice.example.com, twice.example.com]"),
        Domains("domain-of-another", "SD2010", "[status.example.com]"),
        Domains("domain-empty", "SD2010", "['']"),
        Domains("domain-with-blanks", "SD3008", "['a b.example.com']"),
        Domains("domain-of-stars", "SD3008", "['*.*.example.com']"),
        Domains("domain-with-line-break", "SD3008", "[\"a\\nb\"]"),
    ];

    private static IEnumerable<HostileCase> Matchers =>
    [
        Matcher("path-with-query", "SD3003", "{exact: '/a?b'}"),
        Matcher("path-with-line-break", "SD3003", "{exact: \"/a\\r\\nb\"}"),
        Matcher("regex-broken", "SD2040", "{regex: '/(a'}"),
        Matcher("regex-looks-ahead", "SD2040", "{regex: '/(?=a)'}"),
        Matcher("regex-explodes", "SD2040", "{regex: '/(((a{100}){100}){100}){100}'}"),
        Matcher("regex-of-a-megabyte", "SD2040", "{regex: '/" + new string('(', 1 << 20) + "'}"),
        Matcher("header-with-line-break", "SD3003", "{prefix: /, headers: [{name: \"a\\nb\", value: c}]}"),
        Matcher("header-of-no-name", "SD3003", "{prefix: /, headers: [{name: '', value: c}]}"),
        Matcher("query-regex-broken", "SD2040", "{prefix: /, queryParameters: [{name: q, value: '[', regex: true}]}"),
    ];

    private static IEnumerable<HostileCase> Actions =>
    [
        Action("no-action", "SD2030", ""),
        Action("no-such-upstream", "SD3001", Single("nowhere")),
        Action("no-such-group", "SD3012", "routeAction: {upstreamGroup: {name: a, namespace: b}}"),
        Action("no-destination", "SD3004", "routeAction: {}"),
        Action("weights-of-nothing", "SD3004", "routeAction: {multi: {destinations: ["
            + "{weight: 0, destination: {upstream: {name: petstore, namespace: gloo-system}}}]}}"),
        Action("weights-beyond-everything", "SD3004", "routeAction: {multi: {destinations: ["
            + "{weight: 4294967295, destination: {upstream: {name: petstore, namespace: gloo-system}}}, "
            + "{weight: 4294967295, destination: {upstream: {name: petstore-next, namespace: gloo-system}}}]}}"),
        Action("status-of-9999", "SD3004", "directResponseAction: {status: 9999}"),
        Action("body-of-a-megabyte", "SD3004", "directResponseAction: {status: 200, body: "
            + new string('x', 1 << 20) + "}"),
        Action("redirect-with-line-break", "SD3004", "redirectAction: {hostRedirect: \"a\\r\\nb: c\"}"),
        Action("rewrite-with-line-break", "SD3005", Single("petstore")
            + ", options: {prefixRewrite: \"/\\r\\nx\"}"),
        Action("added-header-with-colon", "SD3005", Single("petstore")
            + ", options: {headerManipulation: {requestHeadersToAdd: [{header: {key: ':path', value: /x}}]}}"),
        Action("added-header-with-line-break", "SD3005", Single("petstore")
            + ", options: {headerManipulation: {requestHeadersToAdd: [{header: {key: a, value: \"b\\r\\nc: d\"}}]}}"),
        Action("timeout-before-now", "SD3005", Single("petstore") + ", options: {timeout: -5s}"),
    ];

    private static IEnumerable<HostileCase> Delegation =>
    [
        Of("VirtualService", "round", "SD2036", 1,
            ToTable("round", "round-1") + "---\n" + Table("round-1", "round") + "---\n" + Table("round", "round-1")),
        Of("VirtualService", "no-such-table", "SD2032", 1, ToTable("no-such-table", "nowhere")),
        Text("tables-without-end", "SD2037", 506, ToTable("tables-without-end", "chain-0") + string.Concat(
            Enumerable.Range(0, 150).Select(i => "---\n" + Table($"chain-{i}", $"chain-{i + 1}")))),
        Text("tables-that-double", "SD2037", 6, ToTable("tables-that-double", "double-0") + string.Concat(
            Enumerable.Range(0, 25).Select(i => "---\n" + Table($"double-{i}", $"double-{i + 1}", twice: true)))),
    ];

    private static IEnumerable<HostileCase> Upstreams =>
    [
        Upstream("port-of-70000", "SD3010", "static: {hosts: [{addr: 127.0.0.1, port: 70000}]}"),
        Upstream("port-of-0", "SD3010", "static: {hosts: [{addr: 127.0.0.1, port: 0}]}"),
        Upstream("host-of-nothing", "SD3010", "static: {hosts: [{addr: '', port: 80}]}"),
        Upstream("host-with-line-break", "SD3010", "static: {hosts: [{addr: \"a\\nb\", port: 80}]}"),
        Upstream("connect-timeout-before-now", "SD3010", "connectionConfig: {connectTimeout: -1s}, "
            + "static: {hosts: [{addr: 127.0.0.1, port: 80}]}"),
        Upstream("no-such-service", "SD3014", "kube: {serviceName: a, serviceNamespace: b, servicePort: 80}"),
    ];

    private static IEnumerable<HostileCase> Gateways =>
    [
        Gateway("gateway-of-no-type", "SD2001", "bindAddress: '::', bindPort: 30001"),
        Gateway("gateway-of-no-services", "SD2003", "bindAddress: '::1', bindPort: 30002, httpGateway: "
            + "{virtualServices: [{name: nowhere, namespace: nowhere}]}"),
        Gateway("gateway-of-no-address", "SD3009", "bindAddress: 'no address', bindPort: 30003, httpGateway: {}"),
        Gateway("gateway-of-port-70000", "SD3009", "bindAddress: '::1', bindPort: 70000, httpGateway: {}"),
    ];

    private static HostileCase Domains(string name, string code, string domains) =>
        Service(name, code, domains, "{matchers: [{prefix: /}], " + Answer + "}");

    private static HostileCase Matcher(string name, string code, string matcher) =>
        Service(name, code, $"[{name}.example.com]", "{matchers: [" + matcher + "], " + Answer + "}");

    private static HostileCase Action(string name, string code, string action) =>
        Service(name, code, $"[{name}.example.com]", "{matchers: [{prefix: /}], " + action + "}");

    private static HostileCase Service(string name, string code, string domains, string route) => Of(
        "VirtualService", name, code, 1,
        Document("VirtualService", name, $"spec: {{virtualHost: {{domains: {domains}, routes: [{route}]}}}}"));

    private static HostileCase Upstream(string name, string code, string spec) => Of(
        "Upstream", name, code, 1, Document("Upstream", name, $"spec: {{{spec}}}", "gloo.solo.io/v1"));

    private static HostileCase Gateway(string name, string code, string spec) => Of(
        "Gateway", name, code, 1, Document("Gateway", name, $"spec: {{{spec}, proxyNames: [gateway-proxy]}}"));

    private static string Single(string upstream) =>
        $"routeAction: {{single: {{upstream: {{name: {upstream}, namespace: gloo-system}}}}}}";

    private static string ToTable(string name, string table) => Document("VirtualService", name,
        $"spec: {{virtualHost: {{domains: [{name}.example.com], routes: [{To(table)}]}}}}");

    private static string Table(string name, string next, bool twice = false) =>
        Document("RouteTable", name, $"spec: {{routes: [{To(next)}{(twice ? $", {To(next)}" : "")}]}}");

    private static string To(string table) =>
        $"{{matchers: [{{prefix: /}}], delegateAction: {{ref: {{name: {table}, namespace: gloo-system}}}}}}";

    private static string Document(string kind, string name, string spec, string version = "gateway.solo.io/v1") =>
        $"apiVersion: {version}\nkind: {kind}\n{Metadata(name)}\n{spec}\n";

    // Younger than everything else, so that they lose what two claim.
    private static string Metadata(string name) =>
        $"metadata: {{name: {name}, namespace: gloo-system, creationTimestamp: '2040-01-01T00:00:00Z'}}";
}
