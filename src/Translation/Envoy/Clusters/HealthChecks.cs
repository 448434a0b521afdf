using Google.Protobuf.Collections;
using EnvoyCheck = Envoy.Config.Core.V3.HealthCheck;
using GlooCheck = Solo.Envoy.Api.V2.Core.HealthCheck;
using GlooHeader = Solo.Envoy.Api.V2.Core.HeaderValueOption;
using Method = Solo.Envoy.Config.Core.V3.RequestMethod;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>healthChecks</c> of an Upstream (envoy-translation 5.3).</summary>
internal static class HealthChecks
{
    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.HealthChecks.Count > 1)
        {
            // Envoy 1.36 refuses a second one, later versions want names, which the Gloo API does not have.
            cluster.Error("only one health check is supported by Envoy");
        }

        foreach (var check in cluster.Upstream.HealthChecks) cluster.Output.HealthChecks.Add(Translate(cluster, check));
    }

    private static EnvoyCheck Translate(ClusterScope cluster, GlooCheck input)
    {
        if (input.HealthyThreshold is null) cluster.Error("healthChecks.healthyThreshold is required");
        if (input.UnhealthyThreshold is null) cluster.Error("healthChecks.unhealthyThreshold is required");
        if (input.Timeout is null) cluster.Error("healthChecks.timeout is required");
        if (input.Interval is null) cluster.Error("healthChecks.interval is required");
        var output = new EnvoyCheck
        {
            Timeout = cluster.Checked(input.Timeout, "healthChecks.timeout"),
            Interval = cluster.Checked(input.Interval, "healthChecks.interval"),
            InitialJitter = input.InitialJitter,
            IntervalJitter = input.IntervalJitter,
            IntervalJitterPercent = input.IntervalJitterPercent,
            UnhealthyThreshold = input.UnhealthyThreshold,
            HealthyThreshold = input.HealthyThreshold,
            ReuseConnection = input.ReuseConnection,
            NoTrafficInterval = cluster.Checked(input.NoTrafficInterval, "healthChecks.noTrafficInterval"),
            UnhealthyInterval = cluster.Checked(input.UnhealthyInterval, "healthChecks.unhealthyInterval"),
            UnhealthyEdgeInterval = cluster.Checked(input.UnhealthyEdgeInterval, "healthChecks.unhealthyEdgeInterval"),
            HealthyEdgeInterval = cluster.Checked(input.HealthyEdgeInterval, "healthChecks.healthyEdgeInterval"),
            AlwaysLogHealthCheckFailures = input.AlwaysLogHealthCheckFailures,
        };
        output.EventLogPath = input.EventLogPath;
        switch (input.HealthCheckerCase)
        {
            case GlooCheck.HealthCheckerOneofCase.HttpHealthCheck:
                output.HttpHealthCheck = Http(cluster, input.HttpHealthCheck);
                break;
            case GlooCheck.HealthCheckerOneofCase.TcpHealthCheck:
                output.TcpHealthCheck = Tcp(cluster, input.TcpHealthCheck);
                break;
            case GlooCheck.HealthCheckerOneofCase.GrpcHealthCheck:
                output.GrpcHealthCheck = Grpc(cluster, input.GrpcHealthCheck);
                break;
            case GlooCheck.HealthCheckerOneofCase.CustomHealthCheck:
                output.CustomHealthCheck = new EnvoyCheck.Types.CustomHealthCheck
                {
                    Name = input.CustomHealthCheck.Name,
                    TypedConfig = input.CustomHealthCheck.TypedConfig,
                };
                break;
            default:
                cluster.Error("healthChecks needs one of httpHealthCheck, tcpHealthCheck, grpcHealthCheck");
                break;
        }

        return output;
    }

    private static EnvoyCheck.Types.HttpHealthCheck Http(ClusterScope cluster, GlooCheck.Types.HttpHealthCheck input)
    {
        if (input.Method == Method.Connect) cluster.Error("httpHealthCheck.method must not be CONNECT");
        if (input.Path.Length == 0) cluster.Error("httpHealthCheck.path is required");
        if (input.ResponseAssertions is not null)
        {
            cluster.Error(
                "Could not load configuration for the following Enterprise features: [advanced_http]",
                EnvoyCodes.UnsupportedOption);
        }

        var output = new EnvoyCheck.Types.HttpHealthCheck
        {
            Host = input.Host,
            Path = input.Path,
            Method = (EnvoyCore.RequestMethod)(int)input.Method,
            CodecClientType = input.UseHttp2 ? EnvoyType.CodecClientType.Http2 : EnvoyType.CodecClientType.Http1,
        };
        if (input.ServiceName.Length > 0)
            output.ServiceNameMatcher = new EnvoyMatcher.StringMatcher { Prefix = input.ServiceName };
        Headers(cluster, input.RequestHeadersToAdd, output.RequestHeadersToAdd);
        foreach (var name in input.RequestHeadersToRemove)
        {
            if (HeaderChecks.CheckName(name) is { } why)
                cluster.Error($"httpHealthCheck.requestHeadersToRemove: {why}");
            output.RequestHeadersToRemove.Add(name);
        }

        foreach (var range in input.ExpectedStatuses)
        {
            if (range.Start < 100 || range.End > 600 || range.Start >= range.End)
                cluster.Error(
                    "httpHealthCheck.expectedStatuses must lie between 100 and 600 and start before they end");
            output.ExpectedStatuses.Add(new EnvoyType.Int64Range { Start = range.Start, End = range.End });
        }

        return output;
    }

    private static EnvoyCheck.Types.TcpHealthCheck Tcp(ClusterScope cluster, GlooCheck.Types.TcpHealthCheck input)
    {
        var output = new EnvoyCheck.Types.TcpHealthCheck();
        if (Payload(cluster, input.Send?.Text) is { } send) output.Send = send;
        foreach (var receive in input.Receive)
            if (Payload(cluster, receive.Text) is { } payload)
                output.Receive.Add(payload);
        return output;
    }

    private static EnvoyCheck.Types.Payload? Payload(ClusterScope cluster, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
            cluster.Error("tcpHealthCheck: text must be bytes in hexadecimal digits");
        return new EnvoyCheck.Types.Payload { Text = text };
    }

    private static EnvoyCheck.Types.GrpcHealthCheck Grpc(ClusterScope cluster, GlooCheck.Types.GrpcHealthCheck input)
    {
        if (cluster.Upstream.UseHttp2 != true) cluster.Error("grpcHealthCheck needs useHttp2: true");
        var output = new EnvoyCheck.Types.GrpcHealthCheck
        {
            ServiceName = input.ServiceName,
            Authority = input.Authority
        };
        Headers(cluster, input.InitialMetadata, output.InitialMetadata);
        return output;
    }

    private static void Headers(
        ClusterScope cluster, RepeatedField<GlooHeader> input, RepeatedField<EnvoyCore.HeaderValueOption> output)
    {
        var problems = new List<Problem>();
        HeaderManipulation.AddRequestHeaders(input, output, cluster.View, problems);
        cluster.Problems.AddRange(problems);
    }
}
