using System.Globalization;
using CsCheck;
using Shouldly;
using Stagedoor.Api;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Whatever was edited in whichever order, a used memo gives the bytes and reports of an empty one.</summary>
public sealed class IncrementalTests
{
    private const string Start = """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gateway-proxy, namespace: gloo-system}
        spec: {bindAddress: "::", bindPort: 8080, httpGateway: {}}
        """;

    private static readonly Gen<string> Document = Gen.OneOf(
        Gen.Select(
            Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 4],
            Gen.OneOf(Gen.Const("/a"), Gen.Const("/b//c"), Gen.Const("/d")), VirtualService),
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3], Upstream),
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 3], Slice),
        Gen.Int[0, 2].Select(Service),
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Group),
        Gen.OneOf(Gen.Const("100"), Gen.Const("2000")).Select(size => """
            apiVersion: gloo.solo.io/v1
            kind: Settings
            metadata: {name: default, namespace: gloo-system}
            spec: {gloo: {regexMaxProgramSize: @size@}}
            """.Replace("@size@", size, StringComparison.Ordinal)));

    private static readonly string[] Kinds =
    [
        "{static: {hosts: [{addr: 10.0.0.1, port: 80}]}}",
        "{static: {hosts: []}}",
        "{kube: {serviceName: svc1, serviceNamespace: default, servicePort: 80}}",
        "{pipe: {path: /run/app}}",
    ];

    [Fact]
    public void A_used_memo_gives_what_an_empty_one_gives() =>
        Gen.Select(Document, Gen.Bool).Array[1, 25].Sample(
            edits =>
            {
                var memo = new TranslationMemo { Now = Views.Now };
                var view = Views.Of(Start);
                foreach (var (document, isRemoved) in edits)
                {
                    view = view.Apply(document);
                    if (isRemoved) view = view.With([], [KeyOf(document)], [], true);
                    Same(ProxyTranslator.Translate(view, Views.Proxy, memo), view.Translate());
                }
            },
            iter: 150);

    private static void Same(ProxyTranslation used, ProxyTranslation scratch)
    {
        used.Resources.Select(Text).ShouldBe(scratch.Resources.Select(Text));
        used.Upstreams.ShouldBe(scratch.Upstreams);
        used.Reports.Select(Text).ShouldBe(scratch.Reports.Select(Text));
        used.Provenance.Keys.ShouldBe(scratch.Provenance.Keys, ignoreOrder: true);
    }

    private static string Text(Xds.EncodedResource resource) =>
        $"{resource.Type} {resource.Name} {resource.Hash} {string.Join(',', resource.Refs.Clusters)}";

    private static string Text(ResourceReport report) => $"{report.Resource}: {string.Join("; ", report.Diagnostics)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ResourceKey KeyOf(string document) => DocumentReader.Read(document, "input.yaml").Resources[0].Key;

    private static string VirtualService(int name, int domain, int upstream, string path) => """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: vs@name@, namespace: default}
        spec:
          virtualHost:
            domains: [d@domain@.example.com]
            routes:
            - matchers: [{prefix: @path@}]
              routeAction: {single: {upstream: {name: us@upstream@, namespace: default}}}
            - matchers: [{prefix: /group}]
              routeAction: {upstreamGroup: {name: g@upstream@, namespace: default}}
            - matchers: [{regex: '/[a-z]+'}]
              routeAction: {single: {kube: {ref: {name: svc@domain@, namespace: default}, port: 80}}}
        """
        .Replace("@name@", Text(name), StringComparison.Ordinal)
        .Replace("@domain@", Text(domain), StringComparison.Ordinal)
        .Replace("@upstream@", Text(upstream), StringComparison.Ordinal)
        .Replace("@path@", path, StringComparison.Ordinal);

    private static string Upstream(int name, int kind) => """
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: us@name@, namespace: default}
        spec: @kind@
        """.Replace("@name@", Text(name), StringComparison.Ordinal)
        .Replace("@kind@", Kinds[kind], StringComparison.Ordinal);

    private static string Service(int name) => """
        apiVersion: v1
        kind: Service
        metadata: {name: svc@name@, namespace: default}
        spec: {ports: [{port: 80}]}
        """
        .Replace("@name@", Text(name), StringComparison.Ordinal);

    private static string Slice(int service, int address) => """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: slice@service@, namespace: default, labels: {kubernetes.io/service-name: svc@service@}}
        addressType: IPv4
        ports: [{port: 8080}]
        endpoints: [{addresses: [10.0.1.@address@]}]
        """
        .Replace("@service@", Text(service), StringComparison.Ordinal)
        .Replace("@address@", Text(address), StringComparison.Ordinal);

    private static string Group(int name, int upstream) => """
        apiVersion: gloo.solo.io/v1
        kind: UpstreamGroup
        metadata: {name: g@name@, namespace: default}
        spec: {destinations: [{weight: 1, destination: {upstream: {name: us@upstream@, namespace: default}}}]}
        """
        .Replace("@name@", Text(name), StringComparison.Ordinal)
        .Replace("@upstream@", Text(upstream), StringComparison.Ordinal);
}
