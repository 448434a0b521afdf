using System.Net.Sockets;
using System.Text;
using Shouldly;
using Stagedoor.Acceptance.Harness;
using Xunit;

namespace Stagedoor.Golden.Live.Tests;

/// <summary>TCP listeners, and how a real Envoy reaches Upstreams: TLS, PROXY protocol, tunnels.</summary>
public sealed class TcpAndUpstreamTests(TlsFleet fleet)
{
    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Tcp_hosts_end_TLS_or_pass_it_through_or_forward_it_by_name(string version)
    {
        var port = (await fleet.OfAsync(version)).Port("tcp");

        var terminated = await TlsClient.GetAsync(port, "a.example.com");
        terminated.Subject.ShouldBe("CN=a.example.com");
        terminated.Answer.ShouldEndWith("ok");
        (await TlsClient.GetAsync(port, "backend.internal")).Subject.ShouldBe("CN=backend.internal");
        (await TlsClient.GetAsync(port, "secure-raw_default")).Subject.ShouldBe("CN=backend.internal");
        (await TlsClient.IsRefusedAsync(port, "nowhere.internal")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task The_address_comes_from_the_PROXY_header(string version) =>
        (await GetAsync(version, "/address")).ShouldContain("x-client: 203.0.113.7");

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task Upstreams_are_verified_by_authorities_and_name(string version)
    {
        (await GetAsync(version, "/verified")).ShouldStartWith("HTTP/1.1 200");
        (await GetAsync(version, "/wrong-name")).ShouldStartWith("HTTP/1.1 503");
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task An_Upstream_gets_the_proxys_certificate_only_if_it_has_one(string version)
    {
        var proxy = await fleet.OfAsync(version);

        (await GetAsync(version, "/mutual")).ShouldStartWith("HTTP/1.1 200");
        proxy.Secure.Seen.ShouldContain(seen => seen.StartsWith("CN=client|GET /mutual"));
        (await GetAsync(version, "/verified")).ShouldStartWith("HTTP/1.1 200");
        proxy.Secure.Seen.ShouldContain(seen => seen.StartsWith("nobody|GET /verified"));
    }

    [Theory]
    [MemberData(nameof(EnvoyVersions.All), MemberType = typeof(EnvoyVersions))]
    public async Task An_Upstream_gets_the_PROXY_header_or_a_CONNECT(string version)
    {
        var proxy = await fleet.OfAsync(version);

        await GetAsync(version, "/proxied");
        proxy.Plain.Seen.ShouldContain(seen => seen.StartsWith("|PROXY TCP4 203.0.113.7 "));
        await GetAsync(version, "/tunnelled");
        await Wait.UntilAsync("the tunnel", () => Task.FromResult(proxy.Plain.Seen.Any(seen =>
            seen.StartsWith("|CONNECT target.example.com:443 HTTP/1.1") && seen.Contains("x-tunnel: yes"))));
    }

    private async Task<string> GetAsync(string version, string path)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", (await fleet.OfAsync(version)).Port("http"), stop.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "PROXY TCP4 203.0.113.7 127.0.0.1 4711 80\r\n"
                    + $"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
            stop.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(stop.Token);
    }
}
