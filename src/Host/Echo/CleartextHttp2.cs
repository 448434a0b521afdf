using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Stagedoor.Host.Echo;

/// <summary>
/// HTTP/1.1 and HTTP/2 with prior knowledge on one cleartext port. Kestrel chooses between the two by ALPN only, so
/// this looks at the first bytes of a connection and, where they are HTTP/2's preface, answers in ALPN's place.
/// </summary>
internal static class CleartextHttp2
{
    private static readonly TimeSpan FirstBytesDeadline = TimeSpan.FromSeconds(30);

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Makes an endpoint speak both.</summary>
    public static void UseCleartextHttp2(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        // A "TLS" connection would otherwise have to carry :scheme https.
        listen.KestrelServerOptions.AllowAlternateSchemes = true;
        listen.Use(next => async connection =>
        {
            if (await StartsWithPrefaceAsync(connection).ConfigureAwait(false))
            {
                var negotiated = new NegotiatedHttp2();
                connection.Features.Set<ITlsConnectionFeature>(negotiated);
                connection.Features.Set<ITlsApplicationProtocolFeature>(negotiated);
            }

            await next(connection).ConfigureAwait(false);
        });
    }

    private static async Task<bool> StartsWithPrefaceAsync(ConnectionContext connection)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        deadline.CancelAfter(FirstBytesDeadline);
        var input = connection.Transport.Input;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await input.ReadAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            var seen = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, Preface.Length));
            var matches = Matches(seen);
            var decided = !matches || seen.Length == Preface.Length || read.IsCompleted;
            input.AdvanceTo(read.Buffer.Start, decided ? read.Buffer.Start : read.Buffer.End);
            if (decided) return matches && seen.Length == Preface.Length;
        }
    }

    private static bool Matches(in ReadOnlySequence<byte> seen)
    {
        Span<byte> bytes = stackalloc byte[24];
        var length = (int)seen.Length;
        seen.CopyTo(bytes);
        return Preface[..length].SequenceEqual(bytes[..length]);
    }

    private sealed class NegotiatedHttp2 : ITlsConnectionFeature, ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();

        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(
            CancellationToken cancellationToken) =>
            Task.FromResult<X509Certificate2?>(null);
    }
}
