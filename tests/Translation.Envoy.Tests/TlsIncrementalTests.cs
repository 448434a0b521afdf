using System.Globalization;
using CsCheck;
using Shouldly;
using Stagedoor.Api;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>
/// Whatever was edited of secrets, TLS configurations and Upstreams, a used memo gives what an empty one gives.
/// </summary>
public sealed class TlsIncrementalTests
{
    private const string Start = """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: https, namespace: gloo-system}
        spec: {bindAddress: "::", bindPort: 8443, ssl: true, httpGateway: {}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: tcp, namespace: gloo-system}
        spec:
          bindAddress: "::"
          bindPort: 9000
          tcpGateway:
            tcpHosts:
            - name: a
              sslConfig: {secretRef: {name: s0, namespace: certs}, sniDomains: [a.example.com]}
              destination: {single: {upstream: {name: us0, namespace: default}}}
            - name: b
              sslConfig: {sniDomains: [b.example.com]}
              destination: {single: {upstream: {name: us1, namespace: default}}}
          options:
            accessLoggingService:
              accessLog:
              - openTelemetryService:
                  logName: x
                  collector: {endpoint: "10.0.0.1:4317", sslConfig: {secretRef: {name: s1, namespace: certs}}}
        """;

    private static readonly string[] Secrets =
        [.. new[] { "a", "b", "mutual", "ca", "mismatch", "expired", "opaque" }.Select(Document)];

    private static readonly Gen<string> Edits = Gen.OneOf(
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, Secrets.Length - 1], (name, kind) => Named(Secrets[kind], name)),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], (name, secret, sni) => $$"""
            apiVersion: gateway.solo.io/v1
            kind: VirtualService
            metadata: {name: vs{{Text(name)}}, namespace: default}
            spec:
              sslConfig:
                secretRef: {name: s{{Text(secret)}}, namespace: certs}
                sniDomains: [d{{Text(sni)}}.example.com]
              virtualHost:
                domains: [d{{Text(name)}}.example.com]
                routes:
                - matchers: [{prefix: /}]
                  routeAction: {single: {upstream: {name: us{{Text(sni)}}, namespace: default} } }
            """),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], (name, secret) => $$"""
            apiVersion: gloo.solo.io/v1
            kind: Upstream
            metadata: {name: us{{Text(name)}}, namespace: default}
            spec:
              static: {hosts: [{addr: 10.0.0.1, port: 443}]}
              sslConfig: {secretRef: {name: s{{Text(secret)}}, namespace: certs}, sni: example.com}
            """),
        Gen.Bool.Select(isInline => $$"""
            apiVersion: gloo.solo.io/v1
            kind: Settings
            metadata:
              name: default
              namespace: gloo-system
              annotations: {stagedoor.io/inline-certificates: "{{(isInline ? "true" : "false")}}"}
            spec: {gateway: {isolateVirtualHostsBySslConfig: {{(isInline ? "false" : "true")}} } }
            """));

    [Fact]
    public void A_used_memo_gives_what_an_empty_one_gives() =>
        Gen.Select(Edits, Gen.Bool).Array[1, 20].Sample(
            edits =>
            {
                var memo = new TranslationMemo { Now = Views.Now };
                var view = Views.Of(Start);
                foreach (var (document, isRemoved) in edits)
                {
                    view = view.Apply(document);
                    if (isRemoved) view = view.With([], [KeyOf(document)], [], true);
                    var used = ProxyTranslator.Translate(view, Views.Proxy, memo);
                    var scratch = view.Translate();
                    used.Resources.Select(Text).ShouldBe(scratch.Resources.Select(Text));
                    used.Reports.Select(Text).ShouldBe(scratch.Reports.Select(Text));
                    Sources(used).ShouldBe(Sources(scratch));
                }
            },
            iter: 100);

    private static string Document(string name) =>
        File.ReadAllText(Path.Combine(Golden.Root, "tls-secrets.yaml")).Split("\n---\n")
            .Single(text => text.Contains($"{{name: {name}, ", StringComparison.Ordinal)).Replace(
                $"{{name: {name}, ", "{name: @name@, ", StringComparison.Ordinal);

    private static string Named(string document, int name) =>
        document.Replace("@name@", "s" + Text(name), StringComparison.Ordinal);

    private static IEnumerable<string> Sources(ProxyTranslation translation) => translation.Provenance
        .Select(pair => $"{pair.Key} {string.Join(',', pair.Value.Order())}").Order(StringComparer.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(Xds.EncodedResource resource) =>
        $"{resource.Type} {resource.Name} {resource.Hash} {string.Join(',', resource.Refs.Secrets)}";

    private static string Text(ResourceReport report) => $"{report.Resource}: {string.Join("; ", report.Diagnostics)}";

    private static ResourceKey KeyOf(string document) => DocumentReader.Read(document, "input.yaml").Resources[0].Key;
}
