using Stagedoor.Api;
using Stagedoor.Api.Core;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;
using Spec = Solo.Gloo.Options.Kubernetes.UpstreamSpec;

namespace Stagedoor.Translation.Envoy;

/// <summary>Upstreams of type <c>kube</c>: the endpoints of a Service's port (envoy-translation 7.2).</summary>
internal static class KubeUpstream
{
    public static void Apply(ClusterScope cluster, Spec spec)
    {
        var output = cluster.Output;
        Discover(cluster);
        if (cluster.View.Find<Service>(
                ResourceKinds.Service, spec.ServiceNamespace, spec.ServiceName) is not { } service)
        {
            cluster.Error(
                $"service {spec.ServiceNamespace}.{spec.ServiceName} does not exist", EnvoyCodes.ServiceNotFound);
            return;
        }

        if (!IsSelectorOfService(spec, service))
        {
            cluster.Error(
                "a selector narrower than its Service's needs the labels of pods, which are not read yet",
                EnvoyCodes.UnsupportedUpstream);
        }

        var port = service.Ports.FirstOrDefault(port => port.Port == spec.ServicePort);
        if (port is null)
            cluster.Warn($"service {spec.ServiceNamespace}.{spec.ServiceName} has no port {spec.ServicePort}");
        cluster.Assignment = StaticUpstream.Assignment(
            output.Name,
            port is null ? [] : KubeEndpoints.Of(
                cluster.View.Endpoints(spec.ServiceNamespace, spec.ServiceName), service, port));
    }

    /// <summary>Makes it a cluster whose endpoints come by EDS, under its own name.</summary>
    public static void Discover(ClusterScope cluster)
    {
        cluster.Output.Type = DiscoveryType.Eds;
        cluster.Output.EdsClusterConfig = new EnvoyCluster.Cluster.Types.EdsClusterConfig
        {
            EdsConfig = new EnvoyCore.ConfigSource
            {
                Ads = new EnvoyCore.AggregatedConfigSource(),
                ResourceApiVersion = EnvoyCore.ApiVersion.V3,
            },
            ServiceName = cluster.Output.Name,
        };
    }

    // Discovery copies the Service's selector into the Upstream: then every endpoint of the Service matches it.
    private static bool IsSelectorOfService(Spec spec, Service service) => spec.Selector.All(pair =>
        service.Selector.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
