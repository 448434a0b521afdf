using Stagedoor.Translation.Validation;
using ProtocolOptions = Envoy.Extensions.Upstreams.Http.V3.HttpProtocolOptions;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>useHttp2</c> of an Upstream and what tunes it (envoy-translation 5.6).</summary>
internal static class Http2
{
    private const string Key = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    public static void Apply(ClusterScope cluster)
    {
        var upstream = cluster.Upstream;
        var output = cluster.Output;
        output.ProtocolSelection = (EnvoyCluster.Cluster.Types.ClusterProtocolSelection)(int)upstream.ProtocolSelection;
        if (upstream.UseHttp2 != true && GrpcJsonTranscoding.Of(upstream) is null) return;
        output.Http2ProtocolOptions = new EnvoyCore.Http2ProtocolOptions();
        var http2 = new EnvoyCore.Http2ProtocolOptions
        {
            InitialStreamWindowSize = Window(cluster, upstream.InitialStreamWindowSize, "initialStreamWindowSize"),
            InitialConnectionWindowSize =
                Window(cluster, upstream.InitialConnectionWindowSize, "initialConnectionWindowSize"),
            MaxConcurrentStreams = upstream.MaxConcurrentStreams,
            OverrideStreamErrorOnInvalidHttpMessage = upstream.OverrideStreamErrorOnInvalidHttpMessage,
        };
        if (upstream.MaxConcurrentStreams is 0 or > int.MaxValue)
            cluster.Error("maxConcurrentStreams must be between 1 and 2147483647");
        var options = new ProtocolOptions { CommonHttpProtocolOptions = Common(cluster) };
        if (upstream.ProtocolSelection == GlooV1.Upstream.Types.ClusterProtocolSelection.UseDownstreamProtocol)
        {
            options.UseDownstreamProtocolConfig = new ProtocolOptions.Types.UseDownstreamHttpConfig
            {
                HttpProtocolOptions = upstream.ConnectionConfig?.Http1ProtocolOptions is { } http1
                    ? ConnectionSettings.Http1(http1)
                    : new EnvoyCore.Http1ProtocolOptions(),
                Http2ProtocolOptions = http2,
            };
        }
        else
        {
            if (upstream.ConnectionConfig?.Http1ProtocolOptions is not null)
                cluster.Error("useHttp2 and connectionConfig.http1ProtocolOptions exclude each other");
            options.ExplicitHttpConfig = new ProtocolOptions.Types.ExplicitHttpConfig { Http2ProtocolOptions = http2 };
        }

        output.TypedExtensionProtocolOptions.Add(Key, AnyTypes.Pack(options));
    }

    // Once these typed options exist, Envoy ignores the cluster's own deprecated fields; max_requests_per_connection
    // it refuses beside them.
    private static EnvoyCore.HttpProtocolOptions? Common(ClusterScope cluster)
    {
        var common = cluster.Output.CommonHttpProtocolOptions?.Clone();
        if (cluster.Output.MaxRequestsPerConnection is not { } requests) return common;
        common ??= new EnvoyCore.HttpProtocolOptions();
        common.MaxRequestsPerConnection = requests;
        cluster.Output.MaxRequestsPerConnection = null;
        return common;
    }

    private static uint? Window(ClusterScope cluster, uint? size, string field)
    {
        if (size is < 65535 or > int.MaxValue) cluster.Error($"{field} must be between 65535 and 2147483647");
        return size;
    }
}
