using Envoy.Extensions.AccessLoggers.Grpc.V3;
using GlooSink = Solo.Gloo.Options.Als.GrpcService;

namespace Stagedoor.Translation.Envoy;

/// <summary>Envoy's own access-log service, a cluster of the bootstrap (envoy-translation 9.3).</summary>
internal static class GrpcSink
{
    public static HttpGrpcAccessLogConfig Of(GlooSink input, AccessLogScope sink)
    {
        if (input.LogName.Length == 0) sink.Error("grpcService.logName cannot be empty");
        if (input.StaticClusterName.Length == 0) sink.Error("grpcService.staticClusterName cannot be empty");
        return new HttpGrpcAccessLogConfig
        {
            CommonConfig = new CommonGrpcAccessLogConfig
            {
                LogName = input.LogName,
                GrpcService = new EnvoyCore.GrpcService
                {
                    EnvoyGrpc = new EnvoyCore.GrpcService.Types.EnvoyGrpc { ClusterName = input.StaticClusterName },
                },
                TransportApiVersion = EnvoyCore.ApiVersion.V3,
                FilterStateObjectsToLog = { input.FilterStateObjectsToLog },
            },
            AdditionalRequestHeadersToLog = { input.AdditionalRequestHeadersToLog },
            AdditionalResponseHeadersToLog = { input.AdditionalResponseHeadersToLog },
            AdditionalResponseTrailersToLog = { input.AdditionalResponseTrailersToLog },
        };
    }
}
