using System.Globalization;
using System.Net;
using Google.Protobuf.WellKnownTypes;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;
using DnsLookupFamily = Envoy.Config.Cluster.V3.Cluster.Types.DnsLookupFamily;
using GlooEndpoint = Solo.Gloo.LbEndpoint;
using GlooLocality = Solo.Gloo.LocalityLbEndpoints;
using Policy = Envoy.Config.Endpoint.V3.ClusterLoadAssignment.Types.Policy;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>failover</c> of an Upstream: localities that serve when those before them are unhealthy. Enterprise-only with
/// Gloo, and priorities of stock Envoy.
/// </summary>
internal static class Failover
{
    /// <summary>Adds the priorities behind the Upstream's own endpoints.</summary>
    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.Failover is not { } failover) return;
        if ((cluster.Output.LoadAssignment ?? cluster.Assignment) is not { } assignment
            || cluster.Output.Type == DiscoveryType.LogicalDns)
        {
            cluster.Error("failover is not possible with Upstreams of this type");
            return;
        }

        if (cluster.Output.HealthChecks.Count == 0 && cluster.Output.OutlierDetection is null)
            cluster.Warn("failover needs healthChecks or outlierDetection: nothing else finds a host unhealthy");
        for (var i = 0; i < failover.PrioritizedLocalities.Count; i++)
            foreach (var locality in failover.PrioritizedLocalities[i].LocalityEndpoints)
                assignment.Endpoints.Add(Locality(cluster, locality, (uint)i + 1));
        if (failover.Policy?.OverprovisioningFactor is { } factor)
            assignment.Policy = new Policy { OverprovisioningFactor = factor };
    }

    private static EnvoyEndpoint.LocalityLbEndpoints Locality(
        ClusterScope cluster, GlooLocality input, uint priority)
    {
        var output = new EnvoyEndpoint.LocalityLbEndpoints
        {
            Priority = priority,
            LoadBalancingWeight = input.LoadBalancingWeight,
            Locality = input.Locality is { } locality
                ? new EnvoyCore.Locality { Region = locality.Region, Zone = locality.Zone, SubZone = locality.SubZone }
                : null,
        };
        foreach (var endpoint in input.LbEndpoints) output.LbEndpoints.Add(Endpoint(cluster, endpoint));
        return output;
    }

    private static EnvoyEndpoint.LbEndpoint Endpoint(ClusterScope cluster, GlooEndpoint input)
    {
        Check(cluster, input);
        var output = new EnvoyEndpoint.LbEndpoint
        {
            LoadBalancingWeight = input.LoadBalancingWeight,
            Endpoint = new EnvoyEndpoint.Endpoint
            {
                Hostname = input.Address,
                Address = new EnvoyCore.Address
                {
                    SocketAddress = new EnvoyCore.SocketAddress { Address = input.Address, PortValue = input.Port },
                },
                HealthCheckConfig = input.HealthCheckConfig is { } check
                    ? new EnvoyEndpoint.Endpoint.Types.HealthCheckConfig
                    {
                        PortValue = check.PortValue,
                        Hostname = check.Hostname,
                    }
                    : null,
            },
        };
        if (input.Metadata.Count > 0)
            output.Metadata = Structs.Metadata(new SortedDictionary<string, Struct>(
                input.Metadata.ToDictionary(pair => pair.Key, pair => Structs.Sorted(pair.Value)),
                StringComparer.Ordinal));
        return output;
    }

    private static void Check(ClusterScope cluster, GlooEndpoint input)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"failover: endpoint '{input.Address}:{input.Port}'");
        if (input.Address.Length == 0 || input.Address.Any(c => c is <= ' ' or '\x7f'))
            cluster.Error($"{name} needs an address");
        if (input.Port is 0 or > 65535) cluster.Error($"{name}: port must be between 1 and 65535");
        if (input.UpstreamSslConfig is not null)
            cluster.Error(
                $"{name}: upstreamSslConfig of its own is not supported yet", EnvoyCodes.UnsupportedProtection);
        if (input.HealthCheckConfig is { } check && check.Path.Length + check.Method.Length > 0)
            cluster.Error("Could not load configuration for the following Enterprise features: [advanced_http]");
        if (IPAddress.TryParse(input.Address, out _)) return;
        if (cluster.Output.Type == DiscoveryType.Static)
        {
            cluster.Output.Type = DiscoveryType.StrictDns;
            cluster.Output.DnsLookupFamily = DnsLookupFamily.V4Only;
        }
        else if (cluster.Output.Type != DiscoveryType.StrictDns)
            cluster.Error($"{name} must be an IP address, because the Upstream's endpoints come by EDS");
    }
}
