using Envoy.Extensions.TransportSockets.Tls.V3;
using Stagedoor.Translation.Validation;
using ProxyProtocol = Envoy.Extensions.TransportSockets.ProxyProtocol.V3.ProxyProtocolUpstreamTransport;

namespace Stagedoor.Translation.Envoy;

/// <summary>TLS from the proxy to an Upstream (envoy-translation 7.3 and 10.5).</summary>
internal static class UpstreamTls
{
    private const string Name = "envoy.transport_sockets.tls";

    // Longest server name that TLS carries.
    private const int MaxSni = 255;

    /// <summary>
    /// <c>sslConfig</c> of an Upstream as a socket. One that cannot be made takes the cluster away: it must not be
    /// reached in plaintext instead.
    /// </summary>
    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.SslConfig is not { } config) return;
        if (Of(cluster, config) is { } context) cluster.Output.TransportSocket = Wrap(context);
    }

    /// <summary>The context of a configuration; null if it cannot be made, which is reported.</summary>
    public static UpstreamTlsContext? Of(ClusterScope cluster, GlooV1.UpstreamSslConfig config)
    {
        var scope = new TlsScope(cluster.View, null);
        var context = Context(config, scope);
        cluster.Problems.AddRange(scope.Problems);
        if (context is not null) cluster.Secrets.Add(scope.Secrets, []);
        return context;
    }

    /// <summary>The context of a configuration; null if it cannot be made, and the scope says why.</summary>
    public static UpstreamTlsContext? Context(GlooV1.UpstreamSslConfig config, TlsScope scope)
    {
        var common = new CommonTlsContext
        {
            TlsParams = TlsParameterChecks.Of(
                config.Parameters ?? scope.View.Settings.UpstreamOptions?.SslParameters, scope),
        };
        var source = TlsSource.Of(config);

        // Without a certificate of its own the proxy is not asked for one; SDS keeps it (10.4).
        var without = config.OneWayTls == true && source.Sds is null ? TlsParts.Certificate : TlsParts.None;
        TlsSources.Apply(source, config.VerifySubjectAltName, without, common, scope);
        common.AlpnProtocols.AddRange(config.AlpnProtocols);
        DownstreamTls.CheckAlpn(config.AlpnProtocols, scope);
        if (config.Sni.Length > MaxSni) scope.Fail(EnvoyCodes.InvalidTls, $"sni must have at most {MaxSni} characters");
        return scope.IsBroken
            ? null
            : new UpstreamTlsContext
            {
                CommonTlsContext = common,
                Sni = config.Sni,
                AllowRenegotiation = config.AllowRenegotiation ?? false,
            };
    }

    /// <summary>A TLS socket without certificates, as <c>useTls</c> and port 443 make it.</summary>
    public static EnvoyCore.TransportSocket Socket(ClusterScope cluster, string sni)
    {
        var scope = new TlsScope(cluster.View, null);
        var parameters = TlsParameterChecks.Of(cluster.View.Settings.UpstreamOptions?.SslParameters, scope);
        cluster.Problems.AddRange(scope.Problems);
        return Wrap(new UpstreamTlsContext
        {
            Sni = sni,
            CommonTlsContext = new CommonTlsContext { TlsParams = parameters },
        });
    }

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
}
