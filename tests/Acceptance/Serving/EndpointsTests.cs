using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>Endpoints of Services, which are sent on their own.</summary>
public sealed class EndpointsTests
{
    private const string Assignments = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";
    private const string Host = "kube.example.com";

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_client_on_another_gRPC_stack_gets_the_endpoints_that_Envoy_uses(string version)
    {
        await using var stage = await Stage.StartAsync(
            version, petstore => petstore.Save("kube.yaml", Kube(petstore.PetstorePort)));
        await UntilServedBy(stage, "petstore");
        await SameForBoth(stage);

        // The endpoints alone change: no cluster, no route.
        stage.Petstore.Save("kube.yaml", Kube(stage.Petstore.NextPort));
        await UntilServedBy(stage, "petstore-next");
        await SameForBoth(stage);
    }

    private static Task UntilServedBy(Stage stage, string server) =>
        Wait.UntilAsync($"answers of {server}", async () =>
        {
            var answer = await stage.Http.GetAsync("/", ("Host", Host));
            return answer.Status == 200 && answer.EchoServer == server;
        });

    private static async Task SameForBoth(Stage stage)
    {
        var client = (await HeldResources.OfAdsClientAsync(stage.Server.XdsPort))
            .Where(resource => resource.Type == Assignments)
            .ToDictionary(resource => resource.Name, resource => resource.Hash);
        // Envoy also shows the endpoints of static clusters, which came with them.
        var envoy = (await HeldResources.EndpointsOfEnvoyAsync(stage.Envoy))
            .Where(resource => client.ContainsKey(resource.Name))
            .ToDictionary(resource => resource.Name, resource => resource.Hash);

        client.Keys.ShouldBe(["pets_gloo-system"]);
        envoy.ShouldBe(client);
    }

    private static string Kube(int port) => $$$"""
        apiVersion: v1
        kind: Service
        metadata: {name: pets, namespace: shop}
        spec: {ports: [{name: http, port: 80}], selector: {app: pets}}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: pets-1, namespace: shop, labels: {kubernetes.io/service-name: pets}}
        addressType: IPv4
        ports: [{name: http, port: {{{port}}}}]
        endpoints:
        - {addresses: [127.0.0.1], conditions: {ready: true}}
        - {addresses: [127.0.0.7], conditions: {ready: false}}
        ---
        apiVersion: gloo.solo.io/v1
        kind: Upstream
        metadata: {name: pets, namespace: gloo-system}
        spec: {kube: {serviceName: pets, serviceNamespace: shop, servicePort: 80}}
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: kube, namespace: gloo-system}
        spec:
          virtualHost:
            domains: [{{{Host}}}]
            routes:
            - matchers: [{prefix: /}]
              routeAction:
                single:
                  upstream: {name: pets, namespace: gloo-system}
        """;
}
