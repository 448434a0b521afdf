namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Upstreams of types <c>consul</c> and <c>awsEc2</c>: what follows from them alone. Their endpoints come from outside
/// of the catalog; until something discovers them the cluster has none, so that its routes answer 503.
/// </summary>
internal static class DiscoveredUpstream
{
    /// <summary>A Consul service.</summary>
    public static void Apply(ClusterScope cluster, GlooV1.Options.Consul.UpstreamSpec spec)
    {
        if (spec.ServiceName.Length == 0) cluster.Error("consul.serviceName is required");
        Empty(cluster, "Consul");
    }

    /// <summary>Instances of EC2 by their tags.</summary>
    public static void Apply(ClusterScope cluster, GlooV1.Options.AwsEc2.UpstreamSpec spec)
    {
        if (spec.Region.Length == 0) cluster.Error("awsEc2.region is required");
        if (spec.Port > 65535) cluster.Error("awsEc2.port must be at most 65535");
        Empty(cluster, "EC2");
    }

    private static void Empty(ClusterScope cluster, string source)
    {
        KubeUpstream.Discover(cluster);
        cluster.Assignment = StaticUpstream.Assignment(cluster.Output.Name, []);
        cluster.Warn(
            $"endpoints are not discovered from {source} yet: the cluster is served without any",
            EnvoyCodes.UnsupportedUpstream);
    }
}
