using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Shouldly;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway.Tests.Support;
using Stagedoor.Xds;
using Xunit;

namespace Stagedoor.Translation.Gateway.Tests;

/// <summary>
/// Rule I4: one bad resource costs itself only. Beside each kind of bad input a good VirtualService is served, changes,
/// and the change is served; the bad one is reported and the good one is not.
/// </summary>
public sealed class BystanderTests
{
    private const string Gateways = """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gateway-proxy, namespace: gloo-system}
        spec: {bindAddress: '::', bindPort: 8080, httpGateway: {}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gateway-proxy-ssl, namespace: gloo-system}
        spec: {bindAddress: '::', bindPort: 8443, ssl: true, httpGateway: {}}
        ---
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: good, namespace: default}
        spec: {static: {hosts: [{addr: 10.0.0.1, port: 80}]}}
        """;

    private const string Healthy = "routes: [{routeAction: {single: {upstream: {name: good, namespace: default}}}}]";

    private static readonly ResourceKey Culprit = ResourceKey.Of(ResourceKinds.VirtualService, "default", "culprit");
    private static readonly ResourceKey Bystander =
        ResourceKey.Of(ResourceKinds.VirtualService, "default", "bystander");

    /// <summary>What is wrong, and the document in which it is.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "virtual service: no virtual host", VirtualService("displayName: nothing") },
        { "virtual service: an empty domain", Host("domains: ['', culprit.example.com], " + Healthy) },
        { "domain: of the bystander", Newer("virtualHost: {domains: [bystander.example.com], " + Healthy + "}") },
        { "domain: in other letters", Newer("virtualHost: {domains: [BYSTANDER.example.com], " + Healthy + "}") },
        { "domain: with two stars", Host("domains: ['*.a.*'], " + Healthy) },
        { "domain: with a blank", Host("domains: ['a b.example.com'], " + Healthy) },
        { "route: without action", Route("matchers: [{prefix: /}]") },
        { "route: wrong regex", Route("matchers: [{regex: '('}], directResponseAction: {status: 200}") },
        { "route: delegates with an exact path", Route("matchers: [{exact: /a}], delegateAction: {ref: {name: x}}") },
        { "route: delegates to nothing", Route("delegateAction: {ref: {name: none, namespace: default}}") },
        { "route: weights of zero", Route("routeAction: {multi: {destinations: [{weight: 0, destination: "
            + "{upstream: {name: good, namespace: default}}}]}}") },
        { "route: missing upstream", Route("routeAction: {single: {upstream: {name: none, namespace: default}}}") },
        { "route: missing group", Route("routeAction: {upstreamGroup: {name: none, namespace: default}}") },
        { "option: negative timeout", Option("timeout: -5s") },
        { "option: two kinds of rewrite", Option("prefixRewrite: /a, regexRewrite: {pattern: {regex: a}}") },
        { "option: wrong regex in a rewrite", Option("regexRewrite: {pattern: {regex: '(('}, substitution: a}") },
        { "option: header that Envoy refuses", Option(
            "headerManipulation: {requestHeadersToAdd: [{header: {key: ':path', value: /}}]}") },
        { "option: missing reference", Route("directResponseAction: {status: 200}, "
            + "optionsConfigRefs: {delegateOptions: [{name: none, namespace: default}]}") },
        { "option: missing auth server", Option("extauth: {customAuth: {name: none}}") },
        { "hostile: program of a regex too large", Route(
            "matchers: [{regex: '((a{1000}){1000}){1000}'}], directResponseAction: {status: 200}") },
        { "hostile: line breaks in a header", Option(
            "headerManipulation: {responseHeadersToAdd: [{header: {key: x, value: \"a\\r\\nset-cookie: b\"}}]}") },
        { "hostile: control character in a path", Route(
            "matchers: [{exact: \"/a\\x01b\"}], directResponseAction: {status: 200}") },
        { "hostile: path upwards", Route("matchers: [{prefix: /a/../b}], directResponseAction: {status: 200}") },
        { "hostile: response of a megabyte", Route(
            $"directResponseAction: {{status: 200, body: '{new string('x', 1 << 20)}'}}") },
        { "hostile: status out of range", Route("directResponseAction: {status: 99999}") },
        { "hostile: a thousand equal domains", Host(
            $"domains: [{string.Join(", ", Enumerable.Repeat("same.example.com", 1000))}], {Healthy}") },
        { "hostile: delegation in a circle", Route("delegateAction: {selector: {labels: {in: circle}}}") + """

            ---
            apiVersion: gateway.solo.io/v1
            kind: RouteTable
            metadata: {name: circle, namespace: default, labels: {in: circle}}
            spec: {routes: [{delegateAction: {selector: {labels: {in: circle}}}}]}
            """ },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_bystander_changes_and_is_served(string fault, string document)
    {
        var memo = new TranslationMemo();
        var view = Views.Of(Gateways).With(Good("/before"));
        var bad = view.With(document);
        var changed = bad.With(Good("/after"));

        var alone = Served(ProxyTranslator.Translate(view, Views.GatewayProxy, memo));
        var beside = ProxyTranslator.Translate(bad, Views.GatewayProxy, memo);
        var after = ProxyTranslator.Translate(changed, Views.GatewayProxy, memo);

        Served(beside).ShouldBe(alone, fault);
        Served(after).ShouldContain("/after", customMessage: fault);
        Outcomes(after, Bystander).ShouldNotContain(Severity.Error, fault);
        Outcomes(after, Culprit).ShouldContain(severity => severity > Severity.Info, fault);
        after.Resources.Count(resource => resource.Type == XdsType.Listener).ShouldBe(1, fault);
    }

    [Fact]
    public void A_missing_certificate_closes_its_own_hosts_only()
    {
        var memo = new TranslationMemo { Now = DateTimeOffset.UtcNow };
        var view = Views.Of(Gateways).With(Certificate()).With(Secure("bystander", "certificate", "/before"));
        ProxyTranslator.Translate(view, Views.GatewayProxy, memo);
        view = view.With(Secure("culprit", "missing", "/"));
        ProxyTranslator.Translate(view, Views.GatewayProxy, memo);
        view = view.With(Secure("bystander", "certificate", "/after"));
        var after = ProxyTranslator.Translate(view, Views.GatewayProxy, memo);

        Served(after).ShouldContain("/after");
        Outcomes(after, Bystander).ShouldNotContain(Severity.Error);
        Outcomes(after, Culprit).ShouldContain(Severity.Error);
        FiltersOf(after, "bystander.example.com").ShouldBeGreaterThan(0);
        FiltersOf(after, "culprit.example.com").ShouldBe(0);
    }

    [Fact]
    public void What_was_missing_comes_and_is_served()
    {
        var memo = new TranslationMemo { Now = DateTimeOffset.UtcNow };
        var view = Views.Of(Gateways).With(Secure("culprit", "certificate", "/"));
        ProxyTranslator.Translate(view, Views.GatewayProxy, memo);
        var after = ProxyTranslator.Translate(view.With(Certificate()), Views.GatewayProxy, memo);

        Outcomes(after, Culprit).ShouldNotContain(Severity.Error);
        FiltersOf(after, "culprit.example.com").ShouldBeGreaterThan(0);
    }

    /// <summary>The number of filters behind a TLS name; Envoy closes connections that come to none.</summary>
    private static int FiltersOf(ProxyTranslation translation, string name)
    {
        var listener = translation.Resources.Single(resource => resource.Type == XdsType.Listener);
        var chains = JsonNode.Parse(TranslationJson.Format(listener))!["filterChains"]!.AsArray();
        var chain = chains.Single(chain => chain!["filterChainMatch"]!["serverNames"]!.ToJsonString().Contains(
            name, StringComparison.Ordinal));
        return chain!["filters"]?.AsArray().Count ?? 0;
    }

    private static string Served(ProxyTranslation translation)
    {
        foreach (var routes in translation.Resources.Where(r => r.Type == XdsType.RouteConfiguration))
        {
            var hosts = JsonNode.Parse(TranslationJson.Format(routes))!["virtualHosts"]!.AsArray();
            if (hosts.FirstOrDefault(host => (string)host!["name"]! == "default_bystander") is { } host)
                return host.ToJsonString();
        }

        return "not served";
    }

    private static IEnumerable<Severity> Outcomes(ProxyTranslation translation, ResourceKey key) =>
        translation.Reports.Where(report => report.Resource == key)
            .SelectMany(report => report.Diagnostics).Select(diagnostic => diagnostic.Severity);

    private static string Good(string path) => $$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: bystander, namespace: default, creationTimestamp: 2024-01-02T00:00:00Z}
        spec:
          virtualHost:
            domains: [bystander.example.com]
            routes:
            - matchers: [{exact: {{path}} }]
              routeAction: {single: {upstream: {name: good, namespace: default} } }
        """;

    private static string VirtualService(string spec, string day = "2024-01-03") => $$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: culprit, namespace: default, creationTimestamp: {{day}}T00:00:00Z}
        spec: { {{spec}} }
        """;

    private static string Newer(string spec) => VirtualService(spec);

    private static string Host(string host) => VirtualService($"virtualHost: {{ {host} }}", "2024-01-01");

    private static string Route(string route) =>
        Host($"domains: [culprit.example.com], routes: [{{ {route} }}]");

    private static string Option(string options) => Route(
        $"routeAction: {{single: {{upstream: {{name: good, namespace: default}}}}}}, options: {{ {options} }}");

    private static string Secure(string name, string secret, string path) => $$"""
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: {{name}}, namespace: default}
        spec:
          sslConfig: {secretRef: {name: {{secret}}, namespace: default}, sniDomains: [{{name}}.example.com]}
          virtualHost:
            domains: [{{name}}.example.com]
            routes:
            - matchers: [{exact: {{path}} }]
              routeAction: {single: {upstream: {name: good, namespace: default} } }
        """;

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=example.com", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return $$"""
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/tls
            metadata: {name: certificate, namespace: default}
            data:
              tls.crt: {{Base64(certificate.ExportCertificatePem())}}
              tls.key: {{Base64(key.ExportPkcs8PrivateKeyPem())}}
            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text));
}
