using Shouldly;
using Stagedoor.Xds;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

public sealed class HttpListenerTests
{
    [Fact]
    public void A_proxy_becomes_a_listener_with_its_routes_clusters_and_endpoints()
    {
        var translation = Views.Of(Golden.Input("http-listener-basic")).Translate();

        translation.Resources.Select(resource => $"{resource.Type} {resource.Name}").ShouldBe(
        [
            "Listener listener-::-8080",
            "RouteConfiguration listener-::-8080-routes",
            "Cluster kube-svc:default-echo-80_default",
            "Cluster petstore_gloo-system",
            "ClusterLoadAssignment kube-svc:default-echo-80_default",
        ]);
        translation.Reports.SelectMany(report => report.Diagnostics).ShouldBeEmpty();
    }

    [Fact]
    public void References_are_closed()
    {
        var resources = Views.Of(Golden.Input("http-listener-basic")).Translate().Resources;

        var names = resources.Select(resource => (resource.Type, resource.Name)).ToHashSet();
        foreach (var resource in resources)
        {
            resource.Refs.Clusters.ShouldAllBe(name => names.Contains((XdsType.Cluster, name)));
            resource.Refs.Assignments.ShouldAllBe(name => names.Contains((XdsType.ClusterLoadAssignment, name)));
            resource.Refs.RouteConfigurations.ShouldAllBe(name => names.Contains((XdsType.RouteConfiguration, name)));
        }
    }
}
