using System.Net.Security;
using System.Net.Sockets;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Golden.Live.Tests;

/// <summary>TLS between clients and a real Envoy, and its rotation.</summary>
public sealed class TlsTests(TlsFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Each_name_gets_its_certificate_and_its_protocols(string version)
    {
        var port = (await fleet.OfAsync(version)).Port("https");

        var a = await TlsClient.GetAsync(port, "a.example.com");
        a.Subject.ShouldBe("CN=a.example.com");
        a.Answer.ShouldEndWith("from-a");
        (await TlsClient.GetAsync(port, "a.example.com", null, "h2", "http/1.1")).Alpn.ShouldBe("h2");
        var other = await TlsClient.GetAsync(port, "other.example.com");
        other.Subject.ShouldBe("CN=*.example.com");
        other.Answer.ShouldEndWith("from-wildcard");
        var rsa = await TlsClient.GetAsync(port, "rsa.example.com", null, "http/1.1");
        rsa.Subject.ShouldBe("CN=rsa.example.com");
        rsa.Alpn.ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_host_with_a_broken_certificate_refuses_connections_instead_of_falling_to_another(string version)
    {
        var port = (await fleet.OfAsync(version)).Port("https");

        (await TlsClient.IsRefusedAsync(port, "broken.example.com")).ShouldBeTrue();
        (await TlsClient.IsRefusedAsync(port, "unbroken.example.com")).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_host_with_authorities_wants_a_certificate_of_theirs_with_the_right_name(string version)
    {
        var port = (await fleet.OfAsync(version)).Port("https");
        using var client = TestSecrets.Certificate("client");
        using var other = TestSecrets.Certificate("backend");

        (await TlsClient.GetAsync(port, "b.example.com", client)).Answer.ShouldEndWith("from-b");
        (await TlsClient.IsRefusedAsync(port, "b.example.com")).ShouldBeTrue();
        (await TlsClient.IsRefusedAsync(port, "b.example.com", other)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task A_rotation_loses_no_connection_and_touches_no_listener(string version)
    {
        var proxy = await fleet.OfAsync(version);
        var port = proxy.Port("https");
        var before = await TlsClient.GetAsync(port, "other.example.com");
        var listeners = await Listeners(proxy);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop.Token);
        await using var kept = new SslStream(client.GetStream());
        await kept.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "other.example.com",
                RemoteCertificateValidationCallback = TlsClient.TrustAnybody,
            },
            stop.Token);

        proxy.Save("secrets.yaml", TestSecrets.Yaml.Replace(
            TestSecrets.Document("wildcard"),
            TestSecrets.Document("rotated").Replace("{name: rotated,", "{name: wildcard,", StringComparison.Ordinal),
            StringComparison.Ordinal));
        await Wait.UntilAsync("the new certificate", async () =>
        {
            // Every handshake on the way must succeed.
            var now = await TlsClient.GetAsync(port, "other.example.com");
            now.Answer.ShouldEndWith("from-wildcard");
            return now.Serial != before.Serial;
        });

        (await TlsClient.ExchangeAsync(kept, "other.example.com", stop.Token)).ShouldEndWith("from-wildcard");
        (await Listeners(proxy)).ShouldBe(listeners);
        proxy.Save("secrets.yaml", TestSecrets.Yaml);
        await Wait.UntilAsync("the old certificate again", async () =>
            (await TlsClient.GetAsync(port, "other.example.com")).Serial == before.Serial);
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Requests_are_logged_in_the_format_that_was_asked_for(string version)
    {
        var proxy = await fleet.OfAsync(version);

        await TlsClient.GetAsync(proxy.Port("https"), "rsa.example.com");

        await Wait.UntilAsync("the line", async () => File.Exists(proxy.AccessLog)
            && (await File.ReadAllLinesAsync(proxy.AccessLog)).Contains(
                "rsa.example.com 200 TLSv1.2 rsa.example.com"));
    }

    private static async Task<string> Listeners(TlsProxy proxy) => string.Join(
        '\n',
        await proxy.Envoy.StatsAsync(@"^listener_manager\.listener_(added|modified|in_place_updated|removed)$"));
}
