using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stagedoor.Golden.Live.Tests;

/// <summary>What a TLS client saw.</summary>
/// <param name="Subject">Subject of the server's certificate.</param>
/// <param name="Serial">Its serial number.</param>
/// <param name="Alpn">The protocol agreed upon; empty if none.</param>
/// <param name="Answer">What came back for the request.</param>
internal sealed record TlsAnswer(string Subject, string Serial, string Alpn, string Answer);

/// <summary>A TLS client that trusts everybody and says which host it wants.</summary>
internal static class TlsClient
{
    /// <summary>Connects, sends one HTTP/1.1 request and reads the answer; fails if there is none.</summary>
    public static async Task<TlsAnswer> GetAsync(
        int port, string host, X509Certificate2? certificate = null, params string[] alpn)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop.Token);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Options(host, certificate, alpn), stop.Token);
        using var server = X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
        var agreed = Encoding.ASCII.GetString(tls.NegotiatedApplicationProtocol.Protocol.Span);
        var answer = agreed == "h2" ? "" : await ExchangeAsync(tls, host, stop.Token);
        return new TlsAnswer(server.Subject, server.SerialNumber, agreed, answer);
    }

    /// <summary>Whether the server refuses the connection, at the handshake or right after it.</summary>
    public static async Task<bool> IsRefusedAsync(int port, string host, X509Certificate2? certificate = null)
    {
        try
        {
            await GetAsync(port, host, certificate);
            return false;
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or SocketException)
        {
            return true;
        }
    }

    /// <summary>Envoy is what is tested, not this end.</summary>
    public static bool TrustAnybody(
        object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is null || certificate.GetRawCertData().Length > 0;

    /// <summary>One request on an open connection.</summary>
    public static async Task<string> ExchangeAsync(Stream stream, string host, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nhost: {host}\r\n\r\n"), stop);
        var buffer = new byte[8192];
        var count = await stream.ReadAsync(buffer, stop);
        return count > 0 ? Encoding.ASCII.GetString(buffer, 0, count) : throw new IOException("closed");
    }

    private static SslClientAuthenticationOptions Options(string host, X509Certificate2? certificate, string[] alpn)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = TrustAnybody,
            ClientCertificates = certificate is null ? null : [certificate],
        };
        if (alpn.Length > 0)
            options.ApplicationProtocols = [.. alpn.Select(name => new SslApplicationProtocol(name))];
        return options;
    }
}
