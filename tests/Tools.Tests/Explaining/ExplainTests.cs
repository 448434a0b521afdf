using Shouldly;
using Stagedoor.Api;
using Stagedoor.Translation.Explain;
using Xunit;

namespace Stagedoor.Tools.Tests.Explaining;

public sealed class ExplainTests
{
    private static readonly ResourceKey Pets = ResourceKey.Of(ResourceKinds.VirtualService, "gloo-system", "pets");

    [Fact]
    public void A_virtual_service_has_its_gateway_listener_virtual_host_routes_and_clusters()
    {
        var place = Explain(Pets, Samples.Petstore).Places.ShouldHaveSingleItem();

        place.Proxy.ToString().ShouldBe("gloo-system~gateway-proxy");
        place.Gateway!.Value.Name.ShouldBe("gateway-proxy");
        place.Listener.ShouldBe("listener-127.0.0.1-8080");
        place.RouteConfiguration.ShouldBe("listener-127.0.0.1-8080-routes");
        place.VirtualHosts.ShouldBe(["gloo-system_pets"]);
        place.Domains.ShouldContain("pets.example");
        place.Routes.ShouldBe(["gloo-system_pets-route-0-matcher-0"]);
        place.Clusters.ShouldBe(["pets_gloo-system"]);
    }

    [Theory]
    [InlineData(Gate.Labels, "virtualServiceSelector: {team: a}")]
    [InlineData(Gate.Expression, "virtualServiceExpressions: {expressions: [{key: '!', operator: Exists}]}")]
    [InlineData(Gate.Reference, "virtualServices: [{name: other, namespace: gloo-system}]")]
    [InlineData(Gate.Namespace, "virtualServiceNamespaces: [elsewhere]")]
    public void A_gateway_turns_a_virtual_service_away_at_a_gate(Gate gate, string selection) =>
        First(Pets, Samples.Join(
            Samples.Gateway.Replace("httpGateway: {}", $"httpGateway: {{{selection}}}"), Samples.VirtualService,
            Samples.Upstream)).Gate.ShouldBe(gate);

    [Fact]
    public void Ssl_is_the_first_gate_of_a_gateway() =>
        First(Pets, Samples.Join(
            Samples.Gateway.Replace("httpGateway: {}", "ssl: true, httpGateway: {virtualServiceNamespaces: [x]}"),
            Samples.VirtualService)).Gate.ShouldBe(Gate.Ssl);

    [Fact]
    public void A_gateway_for_tcp_serves_no_virtual_service() =>
        First(Pets, Samples.Join(
            Samples.Gateway.Replace("httpGateway: {}", "tcpGateway: {}"), Samples.VirtualService))
            .Gate.ShouldBe(Gate.GatewayType);

    [Fact]
    public void Without_a_gateway_that_is_read_there_is_no_way()
    {
        First(Pets, Samples.VirtualService).Reason.ShouldBe("there is no Gateway");
        var elsewhere = First(Pets, Samples.Join(
            Samples.Gateway.Replace("namespace: gloo-system", "namespace: infra"), Samples.VirtualService));

        elsewhere.Gate.ShouldBe(Gate.Gateway);
        elsewhere.Reason.ShouldContain("infra/gateway-proxy");
    }

    [Fact]
    public void A_gateway_that_lost_its_address_does_not_listen()
    {
        var younger = Samples.Gateway.Replace("name: gateway-proxy,", "name: younger,");

        var first = First(
            ResourceKey.Of(ResourceKinds.Gateway, "gloo-system", "younger"), Samples.Join(Samples.Petstore, younger));

        first.Gate.ShouldBe(Gate.Listens);
        first.Reason.ShouldContain("gloo-system.gateway-proxy");
    }

    [Fact]
    public void Domains_that_an_older_virtual_service_has_are_a_gate()
    {
        var older = Aged("pets", "aaa", "2020");

        var first = First(Pets, Samples.Join(Samples.Gateway, older, Aged("pets", "pets", "2024"), Samples.Upstream));

        first.Gate.ShouldBe(Gate.Domains);
        first.Reason.ShouldContain("gloo-system.aaa");
    }

    [Fact]
    public void What_cannot_be_read_is_named_with_its_error()
    {
        var first = First(Pets, Samples.VirtualService.Replace("domains:", "domain:"));

        first.Gate.ShouldBe(Gate.Read);
        first.Reason.ShouldContain("SD1007");
        First(Pets with { Name = "pet" }, Samples.Petstore).Hint.ShouldContain("gloo-system/pets");
    }

    [Fact]
    public void A_namespace_that_is_not_watched_is_a_gate()
    {
        const string Settings =
            """
            apiVersion: gloo.solo.io/v1
            kind: Settings
            metadata: {name: default, namespace: gloo-system}
            spec: {watchNamespaces: [infra]}
            """;
        var service = Samples.VirtualService.Replace(
            "name: pets, namespace: gloo-system}\nspec", "name: pets, namespace: shop}\nspec");

        First(Pets with { Namespace = "shop" }, Samples.Join(Samples.Gateway, service, Settings))
            .Gate.ShouldBe(Gate.Watched);
    }

    [Fact]
    public void An_upstream_has_the_routes_that_lead_to_it()
    {
        var upstream = ResourceKey.Of(ResourceKinds.Upstream, "gloo-system", "pets");

        var place = Explain(upstream, Samples.Petstore).Places.ShouldHaveSingleItem();

        place.Routes.ShouldBe(["gloo-system_pets-route-0-matcher-0"]);
        place.By.ShouldBe(["VirtualService gloo-system/pets spec.virtualHost.routes[0].routeAction"]);
        First(upstream, Samples.Join(Samples.Gateway, Samples.Upstream)).Gate.ShouldBe(Gate.Referred);
        First(upstream, Samples.Join(Samples.VirtualService, Samples.Upstream)).Gate.ShouldBe(Gate.Parent);
    }

    [Fact]
    public void An_upstream_without_cluster_has_its_error()
    {
        var first = First(
            ResourceKey.Of(ResourceKinds.Upstream, "gloo-system", "pets"),
            Samples.Join(Samples.Gateway, Samples.VirtualService, Samples.Upstream.Replace("127.0.0.1", "''")));

        first.Gate.ShouldBe(Gate.Valid);
        first.Reason.ShouldStartWith("no cluster is made of it: ");
    }

    private static string Aged(string from, string name, string year) => Samples.VirtualService.Replace(
        $"metadata: {{name: {from},", $"metadata: {{name: {name}, creationTimestamp: '{year}-01-01T00:00:00Z',");

    private static MissedGate First(ResourceKey key, string text) =>
        Explain(key, text).FirstGate.ShouldNotBeNull();

    internal static Explanation Explain(ResourceKey key, string text)
    {
        var set = DocumentReader.Read(text, "inputs.yaml");
        return Explainer.Explain(CatalogView.Empty.With(set.Resources, [], set.Diagnostics, isSynced: true), key);
    }
}
