using System.Net.Security;
using System.Net.Sockets;

namespace Stagedoor.Xds.Acceptance;

/// <summary>A TLS handshake with a loopback port.</summary>
internal static class TlsProbe
{
    /// <summary>The subject of the certificate that the server shows; empty if there is no handshake.</summary>
    public static async Task<string> SubjectAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            await using var tls = new SslStream(client.GetStream());
            var subject = "";
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "front.test",
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    subject = certificate?.Subject ?? "";
                    return certificate is not null;
                },
            });
            return subject;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return "";
        }
    }
}
