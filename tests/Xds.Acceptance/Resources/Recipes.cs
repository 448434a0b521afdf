using Envoy.Config.Cluster.V3;
using Envoy.Config.Core.V3;
using Envoy.Config.Endpoint.V3;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Xds.Acceptance.Backends;
using static Envoy.Config.Cluster.V3.Cluster.Types;

namespace Stagedoor.Xds.Acceptance.Resources;

/// <summary>Clusters and endpoints of every kind, from Envoy's own messages.</summary>
internal static class Recipes
{
    /// <summary>A cluster of EDS type; its endpoints have its name unless another one is given.</summary>
    public static EncodedResource EdsCluster(string name, Action<Cluster>? more = null, string? assignment = null)
    {
        var cluster = Cluster(name, DiscoveryType.Eds);
        cluster.EdsClusterConfig = new EdsClusterConfig
        {
            EdsConfig = Variants.Source(),
            ServiceName = assignment ?? "",
        };
        return Encode(cluster, new ResourceRefs { Assignments = [assignment ?? name] }, more);
    }

    public static EncodedResource Endpoints(string name, params IEnumerable<Backend> backends) =>
        EncodedResource.Encode(
            XdsType.ClusterLoadAssignment, name, Assignment(name, "127.0.0.1", backends.Select(b => b.Port)),
            ResourceRefs.None);

    public static EncodedResource StaticCluster(string name, Backend backend, Action<Cluster>? more = null)
    {
        var cluster = Cluster(name, DiscoveryType.Static);
        cluster.LoadAssignment = Assignment(name, "127.0.0.1", [backend.Port]);
        return Encode(cluster, ResourceRefs.None, more);
    }

    /// <summary>A cluster that is not used before its first health check.</summary>
    public static EncodedResource CheckedCluster(string name, Backend backend, Action<Cluster>? more = null)
    {
        var cluster = Cluster(name, DiscoveryType.Static);
        cluster.LoadAssignment = Assignment(name, "127.0.0.1", [backend.Port]);
        cluster.HealthChecks.Add(new HealthCheck
        {
            Timeout = Duration(5),
            Interval = Duration(1),
            UnhealthyThreshold = 3,
            HealthyThreshold = 1,
            HttpHealthCheck = new HealthCheck.Types.HttpHealthCheck { Path = Backend.HealthPath },
        });
        return Encode(cluster, new ResourceRefs { WarmsSlowly = true }, more);
    }

    public static EncodedResource DnsCluster(string name, string host, int port, Action<Cluster>? more = null)
    {
        var cluster = Cluster(name, DiscoveryType.StrictDns);
        cluster.DnsLookupFamily = DnsLookupFamily.V4Only;
        cluster.LoadAssignment = Assignment(name, host, [port]);
        return Encode(cluster, new ResourceRefs { WarmsSlowly = true }, more);
    }

    /// <summary>A cluster behind mutual TLS whose certificates come by SDS.</summary>
    public static EncodedResource MutualTlsCluster(string name, Backend backend, string certificate, string authority)
    {
        var cluster = Cluster(name, DiscoveryType.Static);
        cluster.LoadAssignment = Assignment(name, "127.0.0.1", [backend.Port]);
        cluster.TransportSocket = TlsRecipes.Upstream(backend.Name, certificate, authority);
        return Encode(cluster, new ResourceRefs { Secrets = [certificate, authority], WarmsSlowly = true }, null);
    }

    public static Duration Duration(double seconds) => Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(
        TimeSpan.FromSeconds(seconds));

    private static Cluster Cluster(string name, DiscoveryType type) => new()
    {
        Name = name,
        Type = type,
        ConnectTimeout = Duration(5),
    };

    private static EncodedResource Encode(Cluster cluster, ResourceRefs refs, Action<Cluster>? more)
    {
        more?.Invoke(cluster);
        return EncodedResource.Encode(XdsType.Cluster, cluster.Name, cluster, refs);
    }

    private static ClusterLoadAssignment Assignment(string name, string host, IEnumerable<int> ports) => new()
    {
        ClusterName = name,
        Endpoints =
        {
            new LocalityLbEndpoints
            {
                LbEndpoints =
                {
                    ports.Select(port => new LbEndpoint
                    {
                        Endpoint = new Envoy.Config.Endpoint.V3.Endpoint { Address = Address(host, port) },
                    }),
                },
            },
        },
    };

    internal static Address Address(string host, int port) => new()
    {
        SocketAddress = new SocketAddress { Address = host, PortValue = (uint)port },
    };
}
