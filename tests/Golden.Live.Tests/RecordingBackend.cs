using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stagedoor.Golden.Live.Tests;

/// <summary>A server that answers 200 to whatever comes and remembers how it began.</summary>
internal sealed class RecordingBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _running;

    /// <summary>Starts; with a certificate it speaks TLS and asks clients for one.</summary>
    public RecordingBackend(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _running = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>First bytes of each connection as text, the subject of the client's certificate in front.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
        _certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var own = client;
        try
        {
            Stream stream = client.GetStream();
            var peer = "";
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = _certificate,
                        ClientCertificateRequired = true,
                        RemoteCertificateValidationCallback = TlsClient.TrustAnybody,
                    },
                    _stop.Token);
                peer = tls.RemoteCertificate?.Subject ?? "nobody";
                stream = tls;
            }

            var buffer = new byte[8192];
            var count = await stream.ReadAsync(buffer, _stop.Token);
            Seen.Enqueue($"{peer}|{Encoding.Latin1.GetString(buffer, 0, count)}");
            await stream.WriteAsync(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"u8.ToArray(), _stop.Token);
        }
        catch (Exception exception) when (
            exception is IOException or OperationCanceledException
                or System.Security.Authentication.AuthenticationException)
        {
            // The peer went away, which is a test's business.
        }
    }
}
