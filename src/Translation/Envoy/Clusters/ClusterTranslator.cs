using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;
using Stagedoor.Xds;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;
using Type = Solo.Gloo.Upstream.UpstreamTypeOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>One Upstream as a cluster and, for EDS, its assignment (envoy-translation 5 to 7).</summary>
internal static class ClusterTranslator
{
    private const string Handled = """
        metadata namespacedStatuses discoveryMetadata circuitBreakers loadBalancerConfig healthChecks
        outlierDetection kube static pipe connectionConfig protocolSelection useHttp2 initialStreamWindowSize
        initialConnectionWindowSize maxConcurrentStreams overrideStreamErrorOnInvalidHttpMessage
        ignoreHealthOnHostRemoval respectDnsTtl dnsRefreshRate preconnectPolicy aws azure consul awsEc2 gcp ai
        failover disableIstioAutoMtls sslConfig proxyProtocolVersion httpProxyHostname httpConnectSslConfig
        httpConnectHeaders
        """;

    /// <summary>Translates an Upstream that exists.</summary>
    public static UpstreamTranslation Translate(ResourceKey key, GlooV1.Upstream upstream, TrackedView view)
    {
        var cluster = new ClusterScope(key, upstream, view);
        Base(cluster);
        OptionGuard.Check(upstream, Handled, cluster.Problems);
        OfType(cluster);
        Failover.Apply(cluster);
        DnsRefreshRate(cluster);
        if (!cluster.Problems.Exists(problem => problem.Severity == Severity.Error)) Validate(cluster);
        Tunnels.Apply(cluster);
        return Result(cluster);
    }

    private static void Base(ClusterScope cluster)
    {
        var output = cluster.Output;
        output.Metadata = new EnvoyCore.Metadata();
        output.ConnectTimeout = Durations.Seconds(5);
        CircuitBreakers.Apply(cluster);
        Subsets.Apply(cluster);
        HealthChecks.Apply(cluster);
        OutlierDetection.Apply(cluster);
        output.IgnoreHealthOnHostRemoval = cluster.Upstream.IgnoreHealthOnHostRemoval ?? false;
        output.RespectDnsTtl = cluster.Upstream.RespectDnsTtl ?? false;
        Preconnect(cluster);
        LoadBalancing.Apply(cluster);
        ConnectionSettings.Apply(cluster);
        Http2.Apply(cluster);
        UpstreamTls.Apply(cluster);
        UpstreamProxyProtocol.Apply(cluster);
    }

    private static void OfType(ClusterScope cluster)
    {
        switch (cluster.Upstream.UpstreamTypeCase)
        {
            case Type.Static:
                StaticUpstream.Apply(cluster, cluster.Upstream.Static);
                break;
            case Type.Kube:
                KubeUpstream.Apply(cluster, cluster.Upstream.Kube);
                break;
            case Type.Pipe:
                PipeUpstream.Apply(cluster, cluster.Upstream.Pipe);
                break;
            case Type.Aws:
                LambdaUpstream.Apply(cluster, cluster.Upstream.Aws);
                break;
            case Type.Azure:
                AzureUpstream.Apply(cluster, cluster.Upstream.Azure);
                break;
            case Type.None:
                cluster.Error("cluster type STATIC specified but LoadAssignment was empty: the Upstream has no type");
                break;
            case Type.Gcp:
                cluster.Error("Could not load configuration for the following Enterprise features: [failover]");
                break;
            default:
                cluster.Error(
                    $"Upstreams of type {cluster.Upstream.UpstreamTypeCase} are not supported yet",
                    EnvoyCodes.UnsupportedUpstream);
                break;
        }
    }

    private static void Preconnect(ClusterScope cluster)
    {
        if (cluster.Upstream.PreconnectPolicy is not { } policy) return;
        foreach (var ratio in new[] { policy.PerUpstreamPreconnectRatio, policy.PredictivePreconnectRatio })
            if (ratio is not (null or (>= 1 and <= 3)))
                cluster.Error("preconnectPolicy: a ratio must be between 1.0 and 3.0");
        cluster.Output.PreconnectPolicy = new EnvoyCluster.Cluster.Types.PreconnectPolicy
        {
            PerUpstreamPreconnectRatio = policy.PerUpstreamPreconnectRatio,
            PredictivePreconnectRatio = policy.PredictivePreconnectRatio,
        };
    }

    private static void DnsRefreshRate(ClusterScope cluster)
    {
        if (cluster.Upstream.DnsRefreshRate is not { } rate) return;
        if (!Durations.IsValid(rate) || Durations.Milliseconds(rate) < 1)
            cluster.Warn("dnsRefreshRate was set below 1 ms and is ignored");
        else if (cluster.Output.Type is not (DiscoveryType.StrictDns or DiscoveryType.LogicalDns))
            cluster.Error("dnsRefreshRate is only valid with DNS clusters");
        else
            cluster.Output.DnsRefreshRate = rate;
    }

    private static void Validate(ClusterScope cluster)
    {
        foreach (var violation in MessageValidator.Validate(cluster.Output))
            cluster.Error($"Envoy would reject the cluster: {violation}");
        if (cluster.Assignment is null) return;
        foreach (var violation in MessageValidator.Validate(cluster.Assignment))
            cluster.Error($"Envoy would reject the endpoints: {violation}");
    }

    private static UpstreamTranslation Result(ClusterScope cluster)
    {
        var result = new UpstreamTranslation(cluster.Key, cluster.View.View.Version)
        {
            Diagnostics = [.. cluster.Problems.Distinct().Select(problem =>
                new Diagnostic(problem.Code, problem.Severity, problem.Message) { Resource = cluster.Key })],
        };
        if (result.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error)) return result;
        var name = cluster.Output.Name;
        return result with
        {
            Cluster = EncodedResource.Encode(XdsType.Cluster, name, cluster.Output, new ResourceRefs
            {
                Assignments = cluster.Assignment is null || cluster.Output.EdsClusterConfig is null ? [] : [name],
                Secrets = cluster.Secrets.Names,
                WarmsSlowly = cluster.Output.HealthChecks.Count > 0 || !cluster.Secrets.Names.IsEmpty
                    || cluster.Output.Type is DiscoveryType.StrictDns or DiscoveryType.LogicalDns,
            }),
            Assignment = cluster.Assignment is { } assignment
                ? EncodedResource.Encode(XdsType.ClusterLoadAssignment, name, assignment, ResourceRefs.None)
                : null,
            Others =
            [
                .. cluster.Others.Select(other => (other, ImmutableArray<ResourceKey>.Empty)), .. cluster.Secrets.All,
            ],
        };
    }
}
