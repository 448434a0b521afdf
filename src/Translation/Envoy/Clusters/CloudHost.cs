namespace Stagedoor.Translation.Envoy;

/// <summary>One host of a cloud, always reached by TLS (envoy-translation 9.12 and 9.13).</summary>
internal static class CloudHost
{
    private const uint Port = 443;

    public static void Apply(ClusterScope cluster, string host)
    {
        var output = cluster.Output;
        output.Type = EnvoyCluster.Cluster.Types.DiscoveryType.LogicalDns;
        output.DnsLookupFamily = EnvoyCluster.Cluster.Types.DnsLookupFamily.V4Only;
        output.LoadAssignment = new EnvoyEndpoint.ClusterLoadAssignment
        {
            ClusterName = output.Name,
            Endpoints =
            {
                new EnvoyEndpoint.LocalityLbEndpoints
                {
                    LbEndpoints =
                    {
                        new EnvoyEndpoint.LbEndpoint
                        {
                            Endpoint = new EnvoyEndpoint.Endpoint
                            {
                                Address = new EnvoyCore.Address
                                {
                                    SocketAddress = new EnvoyCore.SocketAddress { Address = host, PortValue = Port },
                                },
                            },
                        },
                    },
                },
            },
        };
        output.TransportSocket = UpstreamTls.Socket(cluster, host);
    }

    /// <summary>Whether a text can be part of a host name.</summary>
    public static bool IsLabel(string text) =>
        text.Length is > 0 and <= 63 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}
