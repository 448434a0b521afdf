using Envoy.Config.Accesslog.V3;
using Google.Protobuf;
using Stagedoor.Translation.Validation;
using AccessLoggingService = Solo.Gloo.Options.Als.AccessLoggingService;
using GlooLog = Solo.Gloo.Options.Als.AccessLog;
using SinkCase = Solo.Gloo.Options.Als.AccessLog.OutputDestinationOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>Access logs of listeners, connection managers and TCP proxies (envoy-translation 9.3).</summary>
internal static class AccessLogs
{
    /// <summary>The logs of one place. One that Envoy would refuse is reported and left out, alone.</summary>
    public static IEnumerable<AccessLog> Of(ListenerScope listener, AccessLoggingService? service, string field)
    {
        if (service is null) yield break;
        foreach (var log in service.AccessLog)
        {
            var sink = new AccessLogScope(listener, field);
            if (Translate(log, sink) is not { } output || sink.IsBroken) continue;
            foreach (var violation in MessageValidator.Validate(output))
                sink.Error($"Envoy would reject it: {violation}");
            if (!sink.IsBroken) yield return output;
        }
    }

    private static AccessLog? Translate(GlooLog input, AccessLogScope sink)
    {
        var (name, config) = Sink(input, sink);
        var filter = input.Filter is null ? null : AccessLogFilters.Of(input.Filter, sink);
        return config is null
            ? null
            : new AccessLog { Name = name, TypedConfig = AnyTypes.Pack(config), Filter = filter };
    }

    private static (string Name, IMessage? Config) Sink(GlooLog input, AccessLogScope sink)
    {
        switch (input.OutputDestinationCase)
        {
            case SinkCase.FileSink:
                return ("envoy.access_loggers.file", FileSink.Of(input.FileSink, sink));
            case SinkCase.GrpcService:
                return ("envoy.access_loggers.http_grpc", GrpcSink.Of(input.GrpcService, sink));
            case SinkCase.OpenTelemetryService:
                return ("envoy.access_loggers.open_telemetry", OpenTelemetrySink.Of(input.OpenTelemetryService, sink));
            default:
                sink.Error("it needs a fileSink, a grpcService or an openTelemetryService");
                return ("", null);
        }
    }
}
