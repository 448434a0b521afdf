using Google.Protobuf.WellKnownTypes;
using GlooHttp = Solo.Gloo.Options.Protocol.HttpProtocolOptions;
using GlooHttp1 = Solo.Gloo.Options.Protocol.Http1ProtocolOptions;
using UnderscoresAction = Envoy.Config.Core.V3.HttpProtocolOptions.Types.HeadersWithUnderscoresAction;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>connectionConfig</c> of an Upstream (envoy-translation 5.5).</summary>
internal static class ConnectionSettings
{
    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.ConnectionConfig is not { } config) return;
        var output = cluster.Output;
        if (config.MaxRequestsPerConnection > 0) output.MaxRequestsPerConnection = config.MaxRequestsPerConnection;
        if (config.ConnectTimeout is { } timeout)
            output.ConnectTimeout = cluster.Checked(timeout, "connectionConfig.connectTimeout");
        if (config.TcpKeepalive is { } keepalive)
        {
            output.UpstreamConnectionOptions = new EnvoyCluster.UpstreamConnectionOptions
            {
                TcpKeepalive = new EnvoyCore.TcpKeepalive
                {
                    KeepaliveProbes = keepalive.KeepaliveProbes > 0 ? keepalive.KeepaliveProbes : null,
                    KeepaliveTime = Seconds(cluster, keepalive.KeepaliveTime),
                    KeepaliveInterval = Seconds(cluster, keepalive.KeepaliveInterval),
                },
            };
        }

        output.PerConnectionBufferLimitBytes = config.PerConnectionBufferLimitBytes;
        if (config.CommonHttpProtocolOptions is { } common) output.CommonHttpProtocolOptions = Common(cluster, common);
        if (config.Http1ProtocolOptions is { } http1) output.HttpProtocolOptions = Http1(http1);
    }

    /// <summary>HTTP/1 options of an Upstream or a listener.</summary>
    public static EnvoyCore.Http1ProtocolOptions Http1(GlooHttp1 input)
    {
        var output = new EnvoyCore.Http1ProtocolOptions
        {
            EnableTrailers = input.EnableTrailers,
            OverrideStreamErrorOnInvalidHttpMessage = input.OverrideStreamErrorOnInvalidHttpMessage,
        };
        if (input.HasProperCaseHeaderKeyFormat && input.ProperCaseHeaderKeyFormat)
            output.HeaderKeyFormat = HeaderCase.Proper();
        if (input.HasPreserveCaseHeaderKeyFormat && input.PreserveCaseHeaderKeyFormat)
            output.HeaderKeyFormat = HeaderCase.Preserve();
        return output;
    }

    private static EnvoyCore.HttpProtocolOptions Common(ClusterScope cluster, GlooHttp input)
    {
        if (input.IdleTimeout is { } idle && !Durations.IsValid(idle))
            cluster.Error("connectionConfig.commonHttpProtocolOptions.idleTimeout must not be negative");
        if (input.MaxStreamDuration is { } max && !Durations.IsValid(max))
            cluster.Error("connectionConfig.commonHttpProtocolOptions.maxStreamDuration must not be negative");
        return new EnvoyCore.HttpProtocolOptions
        {
            IdleTimeout = input.IdleTimeout,
            MaxHeadersCount = input.MaxHeadersCount > 0 ? input.MaxHeadersCount : null,
            MaxStreamDuration = input.MaxStreamDuration,
            HeadersWithUnderscoresAction = (UnderscoresAction)(int)input.HeadersWithUnderscoresAction,
        };
    }

    private static uint? Seconds(ClusterScope cluster, Duration? duration)
    {
        if (duration is null) return null;
        cluster.Checked(duration, "connectionConfig.tcpKeepalive");
        return Durations.SecondsUp(duration);
    }
}
