using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Acceptance.Serving;

/// <summary>Every xDS client gets the same.</summary>
public sealed class OtherClientTests
{
    private const string Endpoints = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_client_on_another_gRPC_stack_gets_the_resources_that_Envoy_got(string version)
    {
        await using var stage = await Stage.StartAsync(version);

        var client = await HeldResources.OfAdsClientAsync(stage.Server.XdsPort);
        var envoy = await HeldResources.OfEnvoyAsync(stage.Envoy);

        envoy.Select(resource => resource.Type).Distinct().Count().ShouldBe(3);
        // The one speaks state of the world and the other delta: their versions differ.
        client.Where(resource => resource.Type != Endpoints).Select(resource => resource.Content)
            .ShouldBe(envoy.Select(resource => resource.Content), ignoreOrder: true);
    }
}
