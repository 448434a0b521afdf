using Stagedoor.Translation.Validation;
using RawBuffer = Envoy.Extensions.TransportSockets.RawBuffer.V3.RawBuffer;
using Transport = Envoy.Extensions.TransportSockets.ProxyProtocol.V3.ProxyProtocolUpstreamTransport;
using Version = Envoy.Config.Core.V3.ProxyProtocolConfig.Types.Version;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>proxyProtocolVersion</c> of an Upstream: a header in front of each connection (5.2).</summary>
internal static class UpstreamProxyProtocol
{
    /// <summary>Wraps the socket that is there, or a plain one.</summary>
    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.ProxyProtocolVersion is not { Length: > 0 } text) return;
        if (text is not ("V1" or "V2"))
        {
            cluster.Error($"proxyProtocolVersion '{text}' is neither V1 nor V2");
            return;
        }

        cluster.Output.TransportSocket = new EnvoyCore.TransportSocket
        {
            Name = "envoy.transport_sockets.upstream_proxy_protocol",
            TypedConfig = AnyTypes.Pack(new Transport
            {
                Config = new EnvoyCore.ProxyProtocolConfig { Version = text == "V1" ? Version.V1 : Version.V2 },
                TransportSocket = cluster.Output.TransportSocket ?? new EnvoyCore.TransportSocket
                {
                    Name = "envoy.transport_sockets.raw_buffer",
                    TypedConfig = AnyTypes.Pack(new RawBuffer()),
                },
            }),
        };
    }
}
