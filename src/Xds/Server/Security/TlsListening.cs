using System.Net.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Stagedoor.Xds.Server.Security;

/// <summary>Puts TLS on an endpoint.</summary>
internal static class TlsListening
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    public static void UseTls(this ListenOptions listen, params SslApplicationProtocol[] protocols)
    {
        var files = new Lazy<TlsFiles>(() => listen.ApplicationServices.GetRequiredService<TlsFiles>());
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakeTimeout,
            OnConnection = _ => ValueTask.FromResult(files.Value.Current.Handshake(protocols)),
        });
    }
}
