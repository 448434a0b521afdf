using System.Globalization;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Backends;
using Stagedoor.Xds.Acceptance.Resources;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>Certificates that change while they are in use.</summary>
public sealed class SecretTests(Gateways gateways)
{
    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task The_certificate_of_a_listener_is_rotated_without_a_failed_handshake(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var authority = played.Own(new Authority());
            var port = Ports.Take();
            await played.ApplyAsync(
                TlsRecipes.Certificate("front", authority.Issue("front-0.test")),
                HttpRecipes.Listener("secure", port, Routes, certificate: "front"));
            await Wait.UntilAsync("the certificate", async () =>
                await TlsProbe.SubjectAsync(port) == "CN=front-0.test");

            for (var i = 1; i <= 3; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"front-{i}.test");
                var mark = played.Tap.Mark;
                played.Publish(TlsRecipes.Certificate("front", authority.Issue(name)));
                await Wait.UntilAsync($"the certificate {name}", async () =>
                {
                    var subject = await TlsProbe.SubjectAsync(port);
                    subject.ShouldNotBeEmpty("a handshake failed");
                    return subject == $"CN={name}";
                });
                played.Sent(mark).ShouldHaveSingleItem().Type.ShouldBe(XdsType.Secret);
            }
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task The_client_certificate_of_an_upstream_is_rotated_under_load(string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var authority = played.Own(new Authority());
            var backend = played.Own(await Backend.StartMutualTlsAsync(played.Gateway.B.Name, authority));
            await played.ApplyAsync(
                Recipes.MutualTlsCluster("secure", backend, "client", "authority"),
                TlsRecipes.Certificate("client", authority.Issue("envoy")),
                TlsRecipes.Trusted("authority", authority),
                HttpRecipes.Routes(Routes, ("/", "secure")));
            await played.AnswersAsync("/", played.Gateway.B.Name);

            for (var i = 0; i < 3; i++)
            {
                await played.ApplyAsync(TlsRecipes.Certificate("client", authority.Issue("envoy")));
                await played.MustAnswerAsync("/", played.Gateway.B.Name);
            }
        });

    [Theory]
    [MemberData(nameof(Gateways.All), MemberType = typeof(Gateways))]
    public Task Removing_endpoints_routes_or_secrets_that_are_in_use_does_nothing_in_Envoy(
        string version, string variant) =>
        gateways.PlayAsync(version, variant, async played =>
        {
            var authority = played.Own(new Authority());
            var port = Ports.Take();
            await played.ApplyAsync(
                TlsRecipes.Certificate("front", authority.Issue("front.test")),
                HttpRecipes.Listener("secure", port, Routes, certificate: "front"));
            await Wait.UntilAsync("the certificate", async () =>
                await TlsProbe.SubjectAsync(port) == "CN=front.test");

            played.World.Publish(
                [], (XdsType.ClusterLoadAssignment, Base), (XdsType.RouteConfiguration, Routes),
                (XdsType.Secret, "front"));
            await played.Gateway.SettledAsync();
            await played.MustAnswerAsync("/", played.Gateway.A.Name);
            (await TlsProbe.SubjectAsync(port)).ShouldBe("CN=front.test");
        });
}
