using System.Text;
using Shouldly;
using Stagedoor.Api.Core;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>Gloo's own storage in folders.</summary>
public sealed class GlooLayoutTests
{
    [Fact]
    public void The_folder_tells_the_kind_and_the_namespace()
    {
        var resource = Read.One(
            """
            bindAddress: '::'
            bindPort: 8080
            httpGateway: {}
            metadata:
              name: gateway-proxy
              resourceVersion: "3"
            namespacedStatuses: {statuses: {gloo-system: {state: 1}}}
            """,
            "config/gateways/gloo-system/gateway-proxy.yaml");

        resource.Key.ShouldBe(ResourceKey.Of(ResourceKinds.Gateway, "gloo-system", "gateway-proxy"));
        resource.As<Solo.Gateway.Gateway>().BindPort.ShouldBe(8080u);
        resource.As<Solo.Gateway.Gateway>().Metadata.Namespace.ShouldBe("gloo-system");
    }

    [Theory]
    [InlineData("virtualservices", "VirtualService")]
    [InlineData("routetables", "RouteTable")]
    [InlineData("httpgateways", "MatchableHttpGateway")]
    [InlineData("proxies", "Proxy")]
    [InlineData("settings", "Settings")]
    [InlineData("authconfigs", "AuthConfig")]
    [InlineData("artifacts", "ConfigMap")]
    [InlineData("secrets", "Secret")]
    public void Every_folder_is_known(string folder, string kind) =>
        Read.One("metadata: {name: a, namespace: n}", $"{folder}/n/a.yaml").Key.Kind.ShouldBe(kind);

    [Fact]
    public void Elsewhere_a_document_must_say_its_kind() =>
        Read.Error("metadata: {name: a}", "others/n/a.yaml").Code.ShouldBe(DocumentCodes.NoKind);

    [Fact]
    public void A_document_with_kind_counts_as_usual() =>
        Read.One("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}", "gateways/n/a.yaml")
            .Key.ShouldBe(ResourceKey.Of(ResourceKinds.ConfigMap, "default", "a"));

    [Theory]
    [InlineData("tls: {certChain: c, privateKey: k}", "kubernetes.io/tls", "tls.crt=c tls.key=k")]
    [InlineData("aws: {accessKey: a, secretKey: b}", "Opaque", "aws_access_key_id=a aws_secret_access_key=b")]
    [InlineData("apiKey: {apiKey: k}", "extauth.solo.io/apikey", "api-key=k")]
    [InlineData("oauth: {clientSecret: s}", "extauth.solo.io/oauth", "client-secret=s")]
    [InlineData(
        "credentials: {username: u, password: p}", "extauth.solo.io/accountcredentials", "password=p username=u")]
    [InlineData("header: {headers: {x-a: v}}", "gloo.solo.io/header", "x-a=v")]
    [InlineData("azure: {apiKeys: {f: k}}", "Opaque", "azure={ \"apiKeys\": { \"f\": \"k\" } }")]
    public void A_secret_message_becomes_the_secret_it_is_made_from(string content, string type, string data)
    {
        var secret = Read.One($"{content}\nmetadata: {{name: a}}", "secrets/n/a.yaml").As<Secret>();

        secret.Type.ShouldBe(type);
        string.Join(' ', secret.Data.Select(pair => $"{pair.Key}={Encoding.UTF8.GetString(pair.Value.Span)}"))
            .ShouldBe(data);
    }
}
