using Shouldly;
using Stagedoor.Api;
using Stagedoor.Translation.Explain;
using Xunit;

namespace Stagedoor.Tools.Tests.Explaining;

public sealed class ExplainReferencesTests
{
    private const string Parent =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: shop, namespace: gloo-system}
        spec:
          virtualHost:
            domains: ['shop.example']
            optionsConfigRefs: {delegateOptions: [{name: host, namespace: gloo-system}]}
            routes:
            - matchers: [{prefix: /other}]
              directResponseAction: {status: 204}
            - matchers: [{prefix: /a}]
              delegateAction: {selector: {labels: {team: a}, namespaces: [teams]}}
        """;

    private const string Table =
        """
        apiVersion: gateway.solo.io/v1
        kind: RouteTable
        metadata: {name: a, namespace: teams, labels: {team: a}}
        spec:
          routes:
          - matchers: [{prefix: /a/b}]
            routeAction: {single: {upstream: {name: pets, namespace: gloo-system}}}
            optionsConfigRefs: {delegateOptions: [{name: route, namespace: gloo-system}]}
        """;

    private const string RouteOption =
        """
        apiVersion: gateway.solo.io/v1
        kind: RouteOption
        metadata: {name: route, namespace: gloo-system}
        spec: {options: {prefixRewrite: /}}
        """;

    private const string VirtualHostOption =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualHostOption
        metadata: {name: host, namespace: gloo-system}
        spec: {options: {includeRequestAttemptCount: true}}
        """;

    private static readonly ResourceKey TableKey = ResourceKey.Of(ResourceKinds.RouteTable, "teams", "a");

    private static readonly string All =
        Samples.Join(Samples.Gateway, Parent, Table, RouteOption, VirtualHostOption, Samples.Upstream);

    [Fact]
    public void A_route_table_has_the_routes_that_came_of_it_and_who_delegates()
    {
        var place = Explain(TableKey, All).Places.ShouldHaveSingleItem();

        place.VirtualHosts.ShouldBe(["gloo-system_shop"]);
        place.Routes.ShouldBe(["gloo-system_shop-route-1-matcher-0"]);
        place.Clusters.ShouldBe(["pets_gloo-system"]);
        place.By.ShouldBe(["VirtualService gloo-system/shop spec.virtualHost.routes[1].delegateAction"]);
    }

    [Theory]
    [InlineData("team: a}}", "team: b}}", "other labels")]
    [InlineData("namespace: teams", "namespace: gloo-system", "teams only")]
    public void A_selector_that_means_others_is_named_with_what_differs(string from, string to, string reason)
    {
        var key = TableKey with { Namespace = to.Contains("gloo-system") ? "gloo-system" : "teams" };
        var first = Explain(key, All.Replace(from, to)).FirstGate.ShouldNotBeNull();

        first.Gate.ShouldBe(Gate.Referred);
        first.Reason.ShouldContain(reason);
        first.At!.Value.Name.ShouldBe("shop");
    }

    [Fact]
    public void Routes_that_do_not_contain_what_the_parent_demands_are_a_gate()
    {
        var first = Explain(TableKey, All.Replace("/a/b", "/b")).FirstGate.ShouldNotBeNull();

        first.Gate.ShouldBe(Gate.Matchers);
        first.Reason.ShouldContain("must contain what the parent route requires");
    }

    [Fact]
    public void What_nothing_delegates_to_is_not_referred_to() =>
        Explain(TableKey, Samples.Join(Samples.Petstore, Table)).FirstGate!.Gate.ShouldBe(Gate.Referred);

    [Fact]
    public void A_parent_that_takes_no_effect_is_named_with_its_own_gate()
    {
        var first = Explain(TableKey, All.Replace("httpGateway: {}", "httpGateway: {virtualServiceNamespaces: [x]}"))
            .FirstGate.ShouldNotBeNull();

        first.Gate.ShouldBe(Gate.Parent);
        first.Reason.ShouldContain("VirtualService gloo-system/shop");
        first.Reason.ShouldContain("Namespace");
    }

    [Fact]
    public void Route_tables_that_delegate_in_a_circle_are_explained_and_end()
    {
        const string Circle =
            """
            apiVersion: gateway.solo.io/v1
            kind: RouteTable
            metadata: {name: NAME, namespace: teams}
            spec: {routes: [{matchers: [{prefix: /}], delegateAction: {ref: {name: OTHER, namespace: teams}}}]}
            """;
        var text = Samples.Join(
            Circle.Replace("NAME", "a").Replace("OTHER", "b"), Circle.Replace("NAME", "b").Replace("OTHER", "a"));

        Explain(TableKey, text).FirstGate!.Gate.ShouldBe(Gate.Parent);
    }

    [Theory]
    [InlineData("RouteOption", "route", "RouteTable teams/a spec.routes[0].optionsConfigRefs")]
    [InlineData("VirtualHostOption", "host", "VirtualService gloo-system/shop spec.virtualHost.optionsConfigRefs")]
    public void Options_have_the_virtual_hosts_that_use_them(string kind, string name, string by)
    {
        var key = new ResourceKey("gateway.solo.io", kind, "gloo-system", name);

        var place = Explain(key, All).Places.ShouldHaveSingleItem();

        place.VirtualHosts.ShouldBe(["gloo-system_shop"]);
        place.By.ShouldBe([by]);
        var alone = kind == "RouteOption" ? RouteOption : VirtualHostOption;
        Explain(key, Samples.Join(Samples.Petstore, alone)).FirstGate!.Gate.ShouldBe(Gate.Referred);
    }

    private static Explanation Explain(ResourceKey key, string text) => ExplainTests.Explain(key, text);
}
