using System.Globalization;
using System.Text;
using Envoy.Config.Cluster.V3;
using Envoy.Config.Core.V3;
using Envoy.Config.Endpoint.V3;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Xds;

namespace Stagedoor.Bench.Load;

/// <summary>Clusters and endpoints of a usual size, each with a mark that tells one content from the next.</summary>
internal static class XdsResources
{
    /// <summary>The name of the changed cluster: the last of all.</summary>
    public const string Marked = "zz-marked_gloo-system";

    /// <summary>So many clusters, the marked one among them.</summary>
    public static IEnumerable<EncodedResource> Clusters(int count) =>
        Enumerable.Range(1, count - 1).Select(at => Cluster($"up-{at:d6}_gloo-system", "none")).Append(Marking(0));

    /// <summary>The marked cluster with its k-th content.</summary>
    public static EncodedResource Marking(int k) => Cluster(Marked, Text(k));

    /// <summary>The bytes that only its k-th content has.</summary>
    public static byte[] Mark(int k) => Encoding.UTF8.GetBytes(Text(k));

    /// <summary>One endpoint whose host name is the mark.</summary>
    public static EncodedResource Endpoints(string name, string mark) => EncodedResource.Encode(
        XdsType.ClusterLoadAssignment, name, Assignment(name, mark), ResourceRefs.None);

    private static string Text(int k) => string.Create(CultureInfo.InvariantCulture, $"mark-{k}.");

    private static EncodedResource Cluster(string name, string mark) => EncodedResource.Encode(
        XdsType.Cluster,
        name,
        new Cluster
        {
            Name = name,
            Type = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType.Static,
            ConnectTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)),
            AltStatName = mark,
            LoadAssignment = Assignment(name, "backend"),
        },
        ResourceRefs.None);

    private static ClusterLoadAssignment Assignment(string name, string host) => new()
    {
        ClusterName = name,
        Endpoints =
        {
            new LocalityLbEndpoints
            {
                LbEndpoints =
                {
                    new LbEndpoint
                    {
                        Endpoint = new Envoy.Config.Endpoint.V3.Endpoint
                        {
                            Hostname = host,
                            Address = new Address
                            {
                                SocketAddress = new SocketAddress { Address = "127.0.0.1", PortValue = 8080 },
                            },
                        },
                    },
                },
            },
        },
    };
}
