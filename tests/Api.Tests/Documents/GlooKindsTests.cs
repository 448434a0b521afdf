using Shouldly;
using Solo.Gateway;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>Documents of Gloo's kinds.</summary>
public sealed class GlooKindsTests
{
    private const string Petstore = """
        # the example that everybody starts from
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata:
          name: petstore
          namespace: gloo-system
          labels:
            team: pets
          annotations:
            note: "1"
          generation: 7
          creationTimestamp: "2026-01-31T12:00:00Z"
        spec:
          virtualHost:
            domains:
            - '*'
            routes:
            - matchers:
              - prefix: /api
                headers:
                - name: x-a
                  invertMatch: true
              routeAction:
                single:
                  upstream:
                    name: petstore
                    namespace: gloo-system
              options:
                timeout: 250ms
                prefixRewrite: ""
                retries:
                  retryOn: 5xx
                  numRetries: 2
        status:
          statuses:
            gloo-system: {state: Accepted}
        """;

    [Fact]
    public void A_virtual_service_becomes_its_message()
    {
        var resource = Read.One(Petstore, "gw/petstore.yaml");

        resource.Key.ShouldBe(ResourceKey.Of(ResourceKinds.VirtualService, "gloo-system", "petstore"));
        resource.Source.ShouldBe(new SourceLocation("gw/petstore.yaml", 2));
        resource.Metadata.Labels["team"].ShouldBe("pets");
        resource.Metadata.Annotations["note"].ShouldBe("1");
        resource.Metadata.Generation.ShouldBe(7);
        resource.Metadata.Created.ShouldBe(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
        var service = resource.As<VirtualService>();
        service.Metadata.Name.ShouldBe("petstore");
        service.Metadata.Generation.ShouldBe(7);
        service.VirtualHost.Domains.ShouldBe(["*"]);
        var route = service.VirtualHost.Routes.ShouldHaveSingleItem();
        route.Matchers[0].Prefix.ShouldBe("/api");
        route.Matchers[0].Headers[0].InvertMatch.ShouldBeTrue();
        route.RouteAction.Single.Upstream.Name.ShouldBe("petstore");
        route.Options.Timeout.ToTimeSpan().ShouldBe(TimeSpan.FromMilliseconds(250));
        route.Options.PrefixRewrite.ShouldBe("");
        route.Options.Retries.NumRetries.ShouldBe(2u);
        service.NamespacedStatuses.ShouldBeNull();
    }

    [Fact]
    public void Both_spellings_of_names_are_read()
    {
        var service = Read.One(Read.VirtualService("virtual_host:\n  domains: [a]\ndisplayName: d"))
            .As<VirtualService>();

        service.VirtualHost.Domains.ShouldBe(["a"]);
        service.DisplayName.ShouldBe("d");
    }

    [Fact]
    public void An_object_without_namespace_is_in_the_default_one() =>
        Read.One(Read.VirtualService("displayName: d")).Key.Namespace.ShouldBe("default");

    [Fact]
    public void Json_is_read_too()
    {
        var resource = Read.One(
            """
            {"apiVersion": "gateway.solo.io/v1", "kind": "VirtualService", "metadata": {"name": "vs"},
             "spec": {"virtualHost": {"domains": ["a"]}}}
            """,
            "a.json");

        resource.ContentHash.ShouldBe(
            Read.One(Read.VirtualService("virtualHost:\n  domains:\n  - a # same")).ContentHash);
    }

    [Theory]
    [InlineData("Gateway", "gateway.solo.io/v1", "bindPort: 8080\n  httpGateway: {}")]
    [InlineData("RouteTable", "gateway.solo.io/v1", "routes: []\n  weight: 3")]
    [InlineData("RouteOption", "gateway.solo.io/v1", "options: {faults: {abort: {percentage: 1.5, httpStatus: 503}}}")]
    [InlineData("VirtualHostOption", "gateway.solo.io/v1", "options: {includeRequestAttemptCount: true}")]
    [InlineData("ListenerOption", "gateway.solo.io/v1", "options: {perConnectionBufferLimitBytes: 1024}")]
    [InlineData("HttpListenerOption", "gateway.solo.io/v1", "options: {gzip: {memoryLevel: 5}}")]
    [InlineData("MatchableHttpGateway", "gateway.solo.io/v1", "httpGateway: {}")]
    [InlineData("MatchableTcpGateway", "gateway.solo.io/v1", "tcpGateway: {}")]
    [InlineData("Proxy", "gloo.solo.io/v1", "listeners: [{name: l, bindAddress: '::', bindPort: 80}]")]
    [InlineData("Upstream", "gloo.solo.io/v1", "static: {hosts: [{addr: 127.0.0.1, port: 8080}]}")]
    [InlineData("UpstreamGroup", "gloo.solo.io/v1", "destinations: [{weight: 1}]")]
    [InlineData("Settings", "gloo.solo.io/v1", "discoveryNamespace: gloo-system")]
    [InlineData("AuthConfig", "enterprise.gloo.solo.io/v1", "configs: [{name: a}]")]
    [InlineData("RateLimitConfig", "ratelimit.solo.io/v1alpha1", "raw: {descriptors: [{key: a}]}")]
    public void Every_kind_is_read(string kind, string apiVersion, string spec)
    {
        var resource = Read.One($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: a}}\nspec:\n  {spec}\n");

        resource.Key.Kind.ShouldBe(kind);
        resource.Body.ShouldBeAssignableTo<Google.Protobuf.IMessage>()!.CalculateSize().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_hash_is_of_content_only()
    {
        var first = Read.One(Petstore).ContentHash;
        var other = Petstore
            .Replace("generation: 7", "generation: 8", StringComparison.Ordinal)
            .Replace("2026-01-31", "2027-01-31", StringComparison.Ordinal)
            .Replace("Accepted", "Rejected", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal);

        Read.One("\uFEFF---\n" + other).ContentHash.ShouldBe(first);
        Read.One(Petstore.Replace("team: pets", "team: cats", StringComparison.Ordinal)).ContentHash.ShouldNotBe(first);
        Read.One(Petstore.Replace("/api", "/apj", StringComparison.Ordinal)).ContentHash.ShouldNotBe(first);
    }

    [Fact]
    public void Kubectls_copy_of_the_object_is_dropped()
    {
        var text = Petstore.Replace(
            "note: \"1\"",
            "note: \"1\"\n    kubectl.kubernetes.io/last-applied-configuration: '{}'",
            StringComparison.Ordinal);

        Read.One(text).ContentHash.ShouldBe(Read.One(Petstore).ContentHash);
    }

    [Theory]
    [InlineData("compressedSpec")]
    [InlineData("compressed_spec")]
    public void A_compressed_proxy_is_expanded(string field)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(buffer, System.IO.Compression.CompressionLevel.Optimal))
            zlib.Write("""{"listeners":[{"name":"l","bindPort":80}]}"""u8);
        var spec = Convert.ToBase64String(buffer.ToArray());
        const string head = "apiVersion: gloo.solo.io/v1\nkind: Proxy\nmetadata: {name: p}\nspec:\n  ";

        var proxy = Read.One($"{head}{field}: {spec}").As<Solo.Gloo.Proxy>();

        proxy.Listeners.ShouldHaveSingleItem().BindPort.ShouldBe(80u);
        proxy.CompressedSpec.ShouldBe("");
        Read.Error($"{head}{field}: {spec[..8]}").Code.ShouldBe(DocumentCodes.BadValue);
    }
}
