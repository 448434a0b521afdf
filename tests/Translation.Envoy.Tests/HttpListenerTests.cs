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

        string[] Missing(XdsType type, IEnumerable<string> names) =>
            [.. names.Except(resources.Where(resource => resource.Type == type).Select(resource => resource.Name))];
        Missing(XdsType.Cluster, resources.SelectMany(resource => resource.Refs.Clusters)).ShouldBeEmpty();
        Missing(XdsType.ClusterLoadAssignment, resources.SelectMany(resource => resource.Refs.Assignments))
            .ShouldBeEmpty();
        Missing(XdsType.RouteConfiguration, resources.SelectMany(resource => resource.Refs.RouteConfigurations))
            .ShouldBeEmpty();
    }
}
