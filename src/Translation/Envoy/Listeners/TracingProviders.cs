using Envoy.Config.Trace.V3;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;
using GlooDatadog = Solo.Envoy.Config.Trace.V3.DatadogConfig;
using GlooOpenTelemetry = Solo.Envoy.Config.Trace.V3.OpenTelemetryConfig;
using GlooTracing = Solo.Gloo.Options.Tracing.ListenerTracingSettings;
using GlooZipkin = Solo.Envoy.Config.Trace.V3.ZipkinConfig;
using ProviderCase = Solo.Gloo.Options.Tracing.ListenerTracingSettings.ProviderConfigOneofCase;
using Version = Envoy.Config.Trace.V3.ZipkinConfig.Types.CollectorEndpointVersion;

namespace Stagedoor.Translation.Envoy;

/// <summary>Where traces go (envoy-translation 9.4).</summary>
internal static class TracingProviders
{
    /// <summary>
    /// The provider, none if none is named: then the bootstrap's. False if there must be no tracing, which is reported:
    /// Envoy refuses a listener whose collector does not exist.
    /// </summary>
    public static bool Of(
        ListenerScope listener, GlooTracing input, out global::Envoy.Config.Trace.V3.Tracing.Types.Http? provider)
    {
        provider = null;
        var (name, config) = input.ProviderConfigCase switch
        {
            ProviderCase.ZipkinConfig => ("envoy.tracers.zipkin", Zipkin(listener, input.ZipkinConfig)),
            ProviderCase.DatadogConfig => ("envoy.tracers.datadog", Datadog(listener, input.DatadogConfig)),
            ProviderCase.OpenTelemetryConfig =>
                ("envoy.tracers.opentelemetry", OpenTelemetry(listener, input.OpenTelemetryConfig)),
            ProviderCase.OpenCensusConfig => ("", OpenCensus(listener)),
            _ => ("", (IMessage?)null),
        };
        if (input.ProviderConfigCase == ProviderCase.None) return true;
        if (config is null) return false;
        provider = new global::Envoy.Config.Trace.V3.Tracing.Types.Http
        {
            Name = name,
            TypedConfig = AnyTypes.Pack(config),
        };
        return true;
    }

    private static IMessage? Zipkin(ListenerScope listener, GlooZipkin input)
    {
        if (Cluster(listener, input.CollectorUpstreamRef, input.ClusterName) is not { } cluster) return null;
        if (input.CollectorEndpoint.Length == 0)
            return Refuse(listener, "zipkinConfig.collectorEndpoint is required");
        return new ZipkinConfig
        {
            CollectorCluster = cluster,
            CollectorEndpoint = input.CollectorEndpoint,
            CollectorEndpointVersion =
                input.CollectorEndpointVersion == GlooZipkin.Types.CollectorEndpointVersion.HttpProto
                    ? Version.HttpProto
                    : Version.HttpJson,
            TraceId128Bit = input.TraceId128Bit ?? false,
            SharedSpanContext = input.SharedSpanContext,
        };
    }

    private static IMessage? Datadog(ListenerScope listener, GlooDatadog input)
    {
        if (Cluster(listener, input.CollectorUpstreamRef, input.ClusterName) is not { } cluster) return null;
        if (string.IsNullOrEmpty(input.ServiceName)) return Refuse(listener, "datadogConfig.serviceName is required");
        var output = new DatadogConfig
        {
            CollectorCluster = cluster,
            ServiceName = input.ServiceName,
            CollectorHostname = input.CollectorHostname,
        };
        if (input.RemoteConfig?.Disabled == true) return output;
        output.RemoteConfig = new DatadogRemoteConfig { PollingInterval = input.RemoteConfig?.PollingInterval };
        return input.RemoteConfig?.PollingInterval is { } interval && !Durations.IsPositive(interval)
            ? Refuse(listener, "datadogConfig.remoteConfig.pollingInterval must be greater than 0")
            : output;
    }

    private static OpenTelemetryConfig? OpenTelemetry(ListenerScope listener, GlooOpenTelemetry input)
    {
        if (Cluster(listener, input.CollectorUpstreamRef, input.ClusterName) is not { } cluster) return null;
        if (input.MaxCacheSize is not null)
        {
            listener.Problems.Add(Problem.Warning(
                EnvoyCodes.UnsupportedOption, "tracing: openTelemetryConfig.maxCacheSize is not sent to Envoy"));
        }

        return new OpenTelemetryConfig
        {
            GrpcService = new EnvoyCore.GrpcService
            {
                EnvoyGrpc = new EnvoyCore.GrpcService.Types.EnvoyGrpc
                {
                    ClusterName = cluster,
                    Authority = input.GrpcService?.Authority ?? "",
                },
            },
            ServiceName = input.ServiceName.Length > 0 ? input.ServiceName : Gateways(listener),
        };
    }

    private static IMessage? OpenCensus(ListenerScope listener) =>
        Refuse(listener, "openCensusConfig is not supported: Envoy has removed it");

    private static string Gateways(ListenerScope listener)
    {
        if (listener.Input.OpaqueMetadataCase == GlooV1.Listener.OpaqueMetadataOneofCase.Metadata)
            return "deprecated_metadata";
        if (listener.Input.MetadataStatic is null) return "unknown_metadata";
        var names = listener.Sources.Where(key => key.Is(ResourceKinds.Gateway)).Select(key => key.Name).ToArray();
        return names.Length == 0 ? "undefined_gateway" : string.Join(',', names);
    }

    // A cluster of the bootstrap is taken at its word.
    private static string? Cluster(ListenerScope listener, Solo.Core.ResourceRef? reference, string name)
    {
        if (reference is null)
        {
            if (name.Length > 0) return name;
            Refuse(listener, "a collectorUpstreamRef or a clusterName is required");
            return null;
        }

        var (state, cluster) = listener.Needs.Upstream(reference);
        if (state.IsServed) return cluster;
        listener.Problems.Add(Problem.Warning(
            state.Exists ? EnvoyCodes.UpstreamInvalid : EnvoyCodes.UpstreamNotFound,
            $"tracing: *v1.Upstream {{ {reference.Namespace}.{reference.Name} }} "
                + (state.Exists ? "is invalid and not served" : "not found") + "; there is no tracing"));
        return null;
    }

    private static IMessage? Refuse(ListenerScope listener, string reason)
    {
        listener.Problems.Add(Problem.Error(EnvoyCodes.InvalidTracing, $"tracing: {reason}; there is no tracing"));
        return null;
    }
}
