using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;

namespace Stagedoor.Translation.Envoy;

/// <summary>Upstreams of type <c>pipe</c>: a Unix socket of the proxy's machine (envoy-translation 7.4).</summary>
internal static class PipeUpstream
{
    // sockaddr_un.sun_path.
    private const int MaxPath = 107;

    public static void Apply(ClusterScope cluster, GlooV1.Options.Pipe.UpstreamSpec spec)
    {
        if (spec.Path.Length == 0) cluster.Error("no path provided");
        if (spec.Path.Length > MaxPath) cluster.Error($"path must have at most {MaxPath} bytes");
        cluster.Output.Type = DiscoveryType.Static;
        cluster.Output.LoadAssignment = StaticUpstream.Assignment(cluster.Output.Name, [new EnvoyEndpoint.LbEndpoint
        {
            Endpoint = new EnvoyEndpoint.Endpoint
            {
                Address = new EnvoyCore.Address { Pipe = new EnvoyCore.Pipe { Path = spec.Path } },
            },
        }]);
    }
}
