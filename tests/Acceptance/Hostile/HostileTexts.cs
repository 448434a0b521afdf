using System.Text;
using static Stagedoor.Acceptance.Hostile.HostileCase;

namespace Stagedoor.Acceptance.Hostile;

/// <summary>Texts that are no YAML or JSON, no objects, or objects of the wrong form.</summary>
internal static class HostileTexts
{
    private const string Service = "apiVersion: gateway.solo.io/v1\nkind: VirtualService\n";
    private const string Gateway = "apiVersion: gateway.solo.io/v1\nkind: Gateway\n";
    private const string Upstream = "apiVersion: gloo.solo.io/v1\nkind: Upstream\n";

    public static IEnumerable<HostileCase> All =>
        [.. Syntax, .. Bombs, .. Identities, .. Fields, .. Values];

    private static IEnumerable<HostileCase> Syntax =>
    [
        Text("list-left-open", "SD1001", 7,
            Service + Named("list-left-open") + "spec:\n  virtualHost:\n    domains: [a, b\n"),
        Text("tab", "SD1001", 5, Service + Named("tab") + "spec:\n\tvirtualHost: {}\n"),
        Text("quote-left-open", "SD1001", 4, Service + Named("quote-left-open") + "spec: \"never closed\n"),
        Text("alias-of-nothing", "SD1001", 4, Service + Named("alias-of-nothing") + "spec: *nothing\n"),
        Text("alias-of-itself", "SD1001", 4, Service + Named("alias-of-itself") + "spec: &self {virtualHost: *self}\n"),
        Text("merge-of-a-text", "SD1001", 4, Service + Named("merge-of-a-text") + "spec: {<<: text}\n"),
        Text("map-as-key", "SD1001", 4, Service + Named("map-as-key") + "spec: {? {a: b} : c}\n"),
        Text("unknown-directive", "SD1001", 1, "%YAML 9.9\n---\n" + Service + Named("unknown-directive")),
        Text("control-character", "SD1001", 4,
            Service + Named("control-character") + "spec: {displayName: 'a\u0001'}\n"),
        Text("nul", "SD1001", 4, Service + Named("nul") + "spec: {displayName: a\0b}\n"),
        Text("nul-escaped", "SD1001", 4, Service + Named("nul-escaped") + "spec: {displayName: \"a\\0b\"}\n"),
        Text("garbage-between", "SD1001", 6, Service + Named("garbage-between-1") + Empty + "---\n}{\n---\n"
            + Service + Named("garbage-between-2")),
        File("cut-short.json", "SD1001", 3,
            Bytes("{\"apiVersion\": \"gateway.solo.io/v1\",\n\"kind\": \"Virtual\",\n\"meta")),
        File("not-json.json", "SD1001", 1, Bytes("{apiVersion: gateway.solo.io/v1}")),
        File("binary.yaml", "SD1101", 1, [0x7F, (byte)'E', (byte)'L', (byte)'F', 0x80, 0xFF, 0xFE, 0, 1, 2, 3]),
        File("compressed.json", "SD1101", 1, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9]),
        File("utf16-without-mark.yaml", "SD1001", 1, Encoding.Unicode.GetBytes(Service)),
        File("broken-utf8.yaml", "SD1101", 3, [.. Bytes(Service), .. "metadata: {name: "u8, 0xC3, 0x28, (byte)'}']),
    ];

    private static IEnumerable<HostileCase> Bombs =>
    [
        Text("bomb", "SD1002", 9,
            Service + Named("bomb") + "spec:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"  a{i}: &a{i} [{Repeat($"*a{i - 1}", 10, ", ")}]\n"))),
        Text("bomb-of-merges", "SD1002", 4, Service + Named("bomb-of-merges") + "spec: {a: &a {"
            + Repeat("k", 1000, ", ", numbered: true) + "}, b: [" + Repeat("{<<: *a}", 200, ", ") + "]}\n"),
        Text("bomb-of-long-texts", "SD1002", 7, Service + Named("bomb-of-long-texts") + "spec:\n  virtualHost:\n"
            + $"    routes: [{{name: &a {new string('x', 100_000)}}}]\n    domains: [{Repeat("*a", 90_000, ", ")}]\n"),
        Text("deep-lists", "SD1002", 4, Service + Named("deep-lists") + "spec: " + new string('[', 100_000)),
        Text("deep-maps", "SD1002", 4, Service + Named("deep-maps") + "spec: " + Repeat("{a: ", 50_000, "")),
        Text("deep-blocks", "SD1002", 103, Service + Named("deep-blocks") + string.Concat(
            Enumerable.Range(0, 500).Select(i => $"{new string(' ', i)}s:\n"))),
        Text("deep-dashes", "SD1002", 5,
            Service + Named("deep-dashes") + "spec: \n " + Repeat("- ", 5_000, "") + "x\n"),
        File("deep.json", "SD1002", 1, Bytes("{\"a\":" + new string('[', 200_000))),
        Text("too-many-values", "SD1002", 4,
            Service + Named("too-many-values") + "spec: [" + Repeat("1", 4_000_001, ",") + "]\n"),
    ];

    private static IEnumerable<HostileCase> Identities =>
    [
        Text("nothing-but-text", "SD1004", 1, "just a text\n"),
        Text("nothing-but-a-list", "SD1004", 1, "- a\n- b\n"),
        Text("no-kind", "SD1004", 1, "apiVersion: gateway.solo.io/v1\n" + Named("no-kind")),
        Text("no-version", "SD1004", 1, "kind: VirtualService\n" + Named("no-version")),
        Text("kind-is-a-map", "SD1004", 1, "apiVersion: gateway.solo.io/v1\nkind: {a: b}\n" + Named("kind-is-a-map")),
        Text("kind-of-another-group", "SD1005", 1, "apiVersion: gloo.solo.io/v1\nkind: VirtualService\n"
            + Named("kind-of-another-group")),
        Text("version-of-the-future", "SD1005", 1, "apiVersion: gateway.solo.io/v9\nkind: VirtualService\n"
            + Named("version-of-the-future")),
        Text("no-name", "SD1006", 3, Service + "metadata: {namespace: gloo-system}\n"),
        Text("no-metadata", "SD1006", 1, Service + Empty),
        Text("metadata-is-a-list", "SD1006", 3, Service + "metadata: [a]\n"),
        Text("name-climbs", "SD1006", 3, Service + "metadata: {name: ../../../etc/passwd, namespace: gloo-system}\n"),
        Text("name-with-tilde", "SD1006", 3, Service + "metadata: {name: a~b, namespace: gloo-system}\n"),
        Text("name-of-10000", "SD1006", 3, Service + $"metadata: {{name: {new string('n', 10_000)}}}\n"),
        Text("name-is-a-number", "SD1008", 3, Service + "metadata: {name: 7}\n"),
        Text("name-turned-around", "SD1006", 3, Service + "metadata: {name: \"a\u202Eb\"}\n"),
        Text("namespace-with-slash", "SD1006", 3, Service + "metadata: {name: a, namespace: b/c}\n"),
        Text("labels-are-a-list", "SD1008", 3, Service + "metadata: {name: labels-are-a-list, labels: [a]}\n"),
        Text("born-in-no-year", "SD1008", 3, Service + "metadata: {name: born, creationTimestamp: yesterday}\n"),
        Text("list-of-nothing", "SD1004", 4, "apiVersion: v1\nkind: List\nitems:\n- 7\n"),
        Text("list-without-end", "SD1002", 1,
            Repeat("{apiVersion: v1, kind: List, items: [", 90, "") + Repeat("]}", 90, "")),
    ];

    private static IEnumerable<HostileCase> Fields =>
    [
        Of("VirtualService", "unknown-field", "SD1007", 6, Service + Named("unknown-field")
            + "spec:\n  virtualHost:\n    domain: [a.example.com]\n"),
        Of("VirtualService", "no-spec-but-spce", "SD1007", 4, Service + Named("no-spec-but-spce") + "spce: {}\n"),
        Of("VirtualService", "unknown-field-of-1000", "SD1007", 4, Service + Named("unknown-field-of-1000")
            + $"spec: {{{new string('f', 1000)}: 1}}\n"),
        Text("key-twice", "SD1003", 6, Service + Named("key-twice") + "spec:\n  displayName: a\n  displayName: b\n"),
        Of("VirtualService", "two-names-of-a-field", "SD1009", 6, Service + Named("two-names-of-a-field")
            + "spec:\n  displayName: a\n  display_name: b\n"),
        Of("VirtualService", "two-of-one", "SD1009", 4, Service + Named("two-of-one")
            + "spec: {virtualHost: {routes: [{matchers: [{prefix: /a, exact: /b}]}]}}\n"),
        Of("Gateway", "unknown-type", "SD1010", 4, Gateway + Named("unknown-type")
            + "spec: {httpGateway: {options: {wasm: {filters: [{config: {'@type': example.com/No.Such}}]}}}}\n"),
    ];

    private static IEnumerable<HostileCase> Values =>
    [
        Of("VirtualService", "spec-is-a-text", "SD1008", 4, Service + Named("spec-is-a-text") + "spec: text\n"),
        Of("VirtualService", "text-for-a-list", "SD1008", 4, Service + Named("text-for-a-list")
            + "spec: {virtualHost: {domains: a.example.com}}\n"),
        Of("VirtualService", "number-for-a-text", "SD1008", 4, Service + Named("number-for-a-text")
            + "spec: {displayName: 7}\n"),
        Of("VirtualService", "null-in-a-list", "SD1008", 4, Service + Named("null-in-a-list")
            + "spec: {virtualHost: {domains: [null]}}\n"),
        Of("VirtualService", "huge-number", "SD1008", 4, Service + Named("huge-number")
            + $"spec: {{virtualHost: {{routes: [{{directResponseAction: {{status: {new string('9', 5000)}}}}}]}}}}\n"),
        Of("VirtualService", "negative-status", "SD1008", 4, Service + Named("negative-status")
            + "spec: {virtualHost: {routes: [{directResponseAction: {status: -1}}]}}\n"),
        Of("Upstream", "infinite-number", "SD1008", 4, Upstream + Named("infinite-number")
            + "spec: {static: {hosts: [{addr: 127.0.0.1, port: .inf}]}}\n"),
        Of("Upstream", "number-of-1e400", "SD1008", 4, Upstream + Named("number-of-1e400")
            + "spec: {static: {hosts: [{addr: 127.0.0.1, port: 1e400}]}}\n"),
        Of("Upstream", "number-with-a-fraction", "SD1008", 4, Upstream + Named("number-with-a-fraction")
            + "spec: {static: {hosts: [{addr: 127.0.0.1, port: 80.5}]}}\n"),
        Of("Upstream", "time-of-no-unit", "SD1008", 4, Upstream + Named("time-of-no-unit")
            + "spec: {connectionConfig: {connectTimeout: 5 parsecs}, static: {}}\n"),
        Of("VirtualService", "unknown-enum", "SD1008", 4, Service + Named("unknown-enum")
            + "spec: {virtualHost: {routes: [{redirectAction: {responseCode: SOMETIMES}}]}}\n"),
        Text("secret-of-no-base64", "SD1008", 4,
            "apiVersion: v1\nkind: Secret\n" + Named("secret-of-no-base64") + "data: {tls.key: '%%%'}\n"),
        Text("service-of-no-port", "SD1008", 4,
            "apiVersion: v1\nkind: Service\n" + Named("service-of-no-port") + "spec: {ports: [{port: 99999999999}]}\n"),
    ];

    private const string Empty = "spec: {}\n";

    private static string Named(string name) => $"metadata: {{name: {name}, namespace: gloo-system}}\n";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Repeat(string text, int times, string between, bool numbered = false) => string.Join(
        between, Enumerable.Range(0, times).Select(i => numbered ? $"{text}{i}: {i}" : text));
}
