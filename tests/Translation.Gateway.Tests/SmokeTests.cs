using Shouldly;
using Stagedoor.Translation.Gateway.Tests.Support;
using Xunit;

namespace Stagedoor.Translation.Gateway.Tests;

public sealed class SmokeTests
{
    private const string Petstore = """
        apiVersion: gateway.solo.io/v1
        kind: Gateway
        metadata: {name: gateway-proxy, namespace: gloo-system}
        spec: {bindAddress: '::', bindPort: 8080, httpGateway: {}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: petstore, namespace: default}
        spec:
          virtualHost:
            domains: ['*']
            routes:
            - matchers: [{prefix: /api}]
              routeAction: {single: {upstream: {name: petstore}}}
              options: {prefixRewrite: /}
        """;

    [Fact]
    public void One_virtual_service_becomes_one_virtual_host()
    {
        var result = Views.Of(Petstore).Translate();
        var listener = result.Proxy!.Listeners.ShouldHaveSingleItem();
        listener.Name.ShouldBe("listener-::-8080");
        var host = listener.HttpListener.VirtualHosts.ShouldHaveSingleItem();
        host.Name.ShouldBe("default.petstore");
        host.Routes.ShouldHaveSingleItem().RouteAction.Single.Upstream.Namespace.ShouldBe("default");
        result.Reports.Length.ShouldBe(2);
        result.Reports.ShouldAllBe(report => report.Diagnostics.IsEmpty);
    }

    [Fact]
    public void An_unchanged_input_gives_the_same_instances()
    {
        var view = Views.Of(Petstore);
        var memo = new GatewayMemo();
        var first = GatewayTranslator.Translate(view, Views.GatewayProxy, memo);
        var second = GatewayTranslator.Translate(
            view.With(Petstore.Replace("petstore, ", "other, ", StringComparison.Ordinal)
            .Replace("'*'", "b.com", StringComparison.Ordinal)), Views.GatewayProxy, memo);
        second.Proxy!.Listeners[0].HttpListener.VirtualHosts.Count.ShouldBe(2);
        second.Proxy.Listeners[0].HttpListener.VirtualHosts[1]
            .ShouldBeSameAs(first.Proxy!.Listeners[0].HttpListener.VirtualHosts[0]);
    }
}
