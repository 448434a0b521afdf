using System.Globalization;
using System.Net;
using Envoy.Extensions.AccessLoggers.Grpc.V3;
using Envoy.Extensions.AccessLoggers.OpenTelemetry.V3;
using Google.Protobuf;
using Opentelemetry.Proto.Common.V1;
using Collector = Solo.Gloo.Options.Als.OpenTelemetryGrpcCollector;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;
using GlooSink = Solo.Gloo.Options.Als.OpenTelemetryService;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Access logs for an OpenTelemetry collector, whose cluster is made for them (envoy-translation 9.3).
/// </summary>
internal static class OpenTelemetrySink
{
    private const string Prefix = "solo_io_generated_otel_logs_";

    public static OpenTelemetryAccessLogConfig? Of(GlooSink input, AccessLogScope sink)
    {
        if (input.LogName.Length == 0) sink.Error("openTelemetryService.logName cannot be empty");
        if (input.Collector is not { } collector)
        {
            sink.Error("openTelemetryService.collector is required");
            return null;
        }

        var cluster = Prefix + input.LogName;
        var output = new OpenTelemetryAccessLogConfig
        {
            CommonConfig = new CommonGrpcAccessLogConfig
            {
                LogName = input.LogName,
                GrpcService = Service(collector, cluster, sink),
                FilterStateObjectsToLog = { input.FilterStateObjectsToLog },
            },
            DisableBuiltinLabels = input.DisableBuiltinLabels,
        };

        // The messages are the same on the wire.
        if (input.Body is not null) output.Body = AnyValue.Parser.ParseFrom(input.Body.ToByteArray());
        if (input.Attributes is not null)
            output.Attributes = KeyValueList.Parser.ParseFrom(input.Attributes.ToByteArray());
        Check(output.Body, sink);
        foreach (var pair in output.Attributes?.Values ?? []) Check(pair.Value, sink);
        Cluster(collector, cluster, sink);
        return output;
    }

    private static EnvoyCore.GrpcService Service(Collector collector, string cluster, AccessLogScope sink)
    {
        var service = new EnvoyCore.GrpcService
        {
            EnvoyGrpc = new EnvoyCore.GrpcService.Types.EnvoyGrpc
            {
                ClusterName = cluster,
                Authority = collector.Authority,
            },
            Timeout = collector.Timeout,
        };
        foreach (var (name, value) in collector.Headers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if ((HeaderChecks.CheckName(name) ?? HeaderChecks.CheckValue(value)) is { } why)
                sink.Error($"collector.headers: {why}");
            service.InitialMetadata.Add(new EnvoyCore.HeaderValue { Key = name, Value = value });
        }

        return service;
    }

    private static void Cluster(Collector collector, string name, AccessLogScope sink)
    {
        if (collector.Timeout is { } timeout && !Durations.IsPositive(timeout))
            sink.Error("collector.timeout must be greater than 0");
        if (Endpoint(collector.Endpoint) is not var (host, port))
        {
            sink.Error($"collector.endpoint '{collector.Endpoint}' is not host:port");
            return;
        }

        var isIp = IPAddress.TryParse(host, out _);
        var cluster = new EnvoyCluster.Cluster
        {
            Name = name,
            Type = isIp ? DiscoveryType.Static : DiscoveryType.StrictDns,
            ConnectTimeout = collector.Timeout,
            Http2ProtocolOptions = new EnvoyCore.Http2ProtocolOptions(),
            LoadAssignment = StaticUpstream.Assignment(name, [new EnvoyEndpoint.LbEndpoint
            {
                Endpoint = new EnvoyEndpoint.Endpoint
                {
                    Address = new EnvoyCore.Address
                    {
                        SocketAddress = new EnvoyCore.SocketAddress { Address = host, PortValue = port },
                    },
                },
            }]),
        };
        var tls = new TlsScope(sink.Listener.View, sink.Listener.Now);
        if (!collector.Insecure)
        {
            var context = UpstreamTls.Context(collector.SslConfig ?? new GlooV1.UpstreamSslConfig { Sni = host }, tls);
            foreach (var problem in tls.Problems) sink.Error($"collector.sslConfig: {problem.Message}");
            if (context is not null) cluster.TransportSocket = UpstreamTls.Wrap(context);
        }

        if (!sink.IsBroken) sink.Listener.Needs.Generate(cluster, tls.Secrets);
    }

    private static (string Host, uint Port)? Endpoint(string endpoint)
    {
        var colon = endpoint.LastIndexOf(':');
        if (colon <= 0) return null;
        var host = endpoint[..colon];
        if (host.StartsWith('[') && host.EndsWith(']')) host = host[1..^1];
        return host.Length > 0 && uint.TryParse(endpoint[(colon + 1)..], CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
            ? (host, port)
            : null;
    }

    private static void Check(AnyValue? value, AccessLogScope sink)
    {
        switch (value?.ValueCase)
        {
            case AnyValue.ValueOneofCase.StringValue:
                sink.CheckFormat(value.StringValue, false);
                break;
            case AnyValue.ValueOneofCase.ArrayValue:
                foreach (var inner in value.ArrayValue.Values) Check(inner, sink);
                break;
            case AnyValue.ValueOneofCase.KvlistValue:
                foreach (var pair in value.KvlistValue.Values) Check(pair.Value, sink);
                break;
            case null or AnyValue.ValueOneofCase.None:
                break;
            default:
                sink.Error("openTelemetryService: body and attributes may hold texts, lists and maps only");
                break;
        }
    }
}
