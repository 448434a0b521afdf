using Envoy.Extensions.TransportSockets.Tls.V3;
using Stagedoor.Translation.Validation;
using ProxyProtocol = Envoy.Extensions.TransportSockets.ProxyProtocol.V3.ProxyProtocolUpstreamTransport;
using Version = Envoy.Extensions.TransportSockets.Tls.V3.TlsParameters.Types.TlsProtocol;

namespace Stagedoor.Translation.Envoy;

/// <summary>TLS from the proxy to an Upstream (envoy-translation 7.3 and 10.5).</summary>
internal static class UpstreamTls
{
    private const string Name = "envoy.transport_sockets.tls";

    /// <summary>A TLS socket without certificates, as <c>useTls</c> and port 443 make it.</summary>
    public static EnvoyCore.TransportSocket Socket(string sni, TlsParameters? parameters) => Wrap(new UpstreamTlsContext
    {
        Sni = sni,
        CommonTlsContext = new CommonTlsContext { TlsParams = parameters },
    });

    /// <summary>The socket of a context.</summary>
    public static EnvoyCore.TransportSocket Wrap(UpstreamTlsContext context) =>
        new() { Name = Name, TypedConfig = AnyTypes.Pack(context) };

    /// <summary>The TLS context in a socket, also inside a PROXY protocol wrapper; null if there is none.</summary>
    public static UpstreamTlsContext? ContextOf(EnvoyCore.TransportSocket? socket)
    {
        if (socket?.TypedConfig is not { } config) return null;
        if (config.Is(UpstreamTlsContext.Descriptor)) return config.Unpack<UpstreamTlsContext>();
        return config.Is(ProxyProtocol.Descriptor) ? ContextOf(config.Unpack<ProxyProtocol>().TransportSocket) : null;
    }

    /// <summary>The same socket, wrapped the same way, around another context.</summary>
    public static EnvoyCore.TransportSocket Rewrap(EnvoyCore.TransportSocket socket, UpstreamTlsContext context)
    {
        if (!socket.TypedConfig.Is(ProxyProtocol.Descriptor)) return Wrap(context);
        var wrapper = socket.TypedConfig.Unpack<ProxyProtocol>();
        wrapper.TransportSocket = Rewrap(wrapper.TransportSocket, context);
        return new EnvoyCore.TransportSocket { Name = socket.Name, TypedConfig = AnyTypes.Pack(wrapper) };
    }

    /// <summary>Versions, ciphers and curves; null if there are none, so that Envoy's defaults apply (10.2).</summary>
    public static TlsParameters? Parameters(GlooV1.SslParameters? input)
    {
        if (input is null) return null;
        return new TlsParameters
        {
            TlsMinimumProtocolVersion = (Version)(int)input.MinimumProtocolVersion,
            TlsMaximumProtocolVersion = (Version)(int)input.MaximumProtocolVersion,
            CipherSuites = { input.CipherSuites },
            EcdhCurves = { input.EcdhCurves },
        };
    }
}
