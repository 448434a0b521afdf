using Shouldly;
using Stagedoor.Acceptance.Harness;
using Stagedoor.Xds.Acceptance.Backends;
using Stagedoor.Xds.Acceptance.Envoys;
using Stagedoor.Xds.Acceptance.Resources;
using Stagedoor.Xds.Acceptance.Serving;
using Stagedoor.Xds.Acceptance.Wire;
using Stagedoor.Xds.Server.Security;
using Xunit;
using static Stagedoor.Xds.Acceptance.Gateway;

namespace Stagedoor.Xds.Acceptance;

/// <summary>Envoys with client certificates.</summary>
public sealed class MutualTlsTests
{
    [Theory]
    [InlineData("1.40.0", Variants.Delta)]
    [InlineData("1.36.4", Variants.Sotw)]
    public async Task Whose_certificate_is_of_the_proxy_is_served_and_another_is_told_why_not(
        string version, string variant)
    {
        Variants.Use(variant);
        using var folder = new TemporaryFolder();
        await using var authority = new Authority();
        await using var dns = new Resolver();
        Write(folder, "server", authority.Issue("localhost"));
        Write(folder, "own", authority.Issue("gateway.test.svc"));
        Write(folder, "other", authority.Issue("other.test.svc"));
        var world = new World();
        var port = Ports.Take();
        await using var backend = await Backend.StartAsync("a.test");
        world.Reset(
        [
            Recipes.EdsCluster(Base), Recipes.Endpoints(Base, backend),
            HttpRecipes.Listener(Listener, port, Routes), HttpRecipes.Routes(Routes, ("/", Base)),
        ]);
        await using var server = await ControlPlane.StartAsync(
            world, new Reports(), new WireTap(),
            new XdsTlsOptions(folder["server.crt"], folder["server.key"])
            {
                ClientCaFile = folder.Write("ca.crt", authority.CertificatePem),
            });

        await using (var own = await StartAsync("own"))
        {
            await own.UntilReadyAsync();
            (await own.StatsAsync("^listener_manager.lds.update_success$")).Values.Sum().ShouldBeGreaterThan(0);
        }

        await using var other = await StartAsync("other");
        await Wait.UntilAsync(
            "the refusal", () => Task.FromResult(other.Log.Contains("SD4015", StringComparison.Ordinal)));
        (await other.StatsAsync("update_success$")).Values.Sum().ShouldBe(0);

        Task<EnvoyUnderTest> StartAsync(string name) => EnvoyUnderTest.StartAsync(
            version, WithTls(Bootstrap.Of(variant, "node-1", server.Port, server.RestPort, dns.Port), folder, name));
    }

    private static void Write(TemporaryFolder folder, string name, Credentials credentials)
    {
        folder.Write($"{name}.crt", credentials.CertificatePem);
        folder.Write($"{name}.key", credentials.KeyPem);
    }

    // The first cluster of the bootstrap is that of xDS.
    private static string WithTls(string bootstrap, TemporaryFolder folder, string name)
    {
        const string before = "    type: STATIC\n    connect_timeout: 5s\n    typed_extension_protocol_options:";
        bootstrap.ShouldContain(before);
        return bootstrap.Replace(
            before,
            $$"""
                    transport_socket:
                      name: envoy.transport_sockets.tls
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
                        common_tls_context:
                          tls_certificates:
                          - certificate_chain: {filename: "{{folder[name + ".crt"]}}"}
                            private_key: {filename: "{{folder[name + ".key"]}}"}
                          validation_context: {trusted_ca: {filename: "{{folder["ca.crt"]}}"} }

                """ + before,
            StringComparison.Ordinal);
    }
}
