using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Xds;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;

namespace Stagedoor.Translation.Envoy;

/// <summary>Gathers what the Upstreams in use contribute: only what a Proxy uses is sent to it.</summary>
internal static class ClusterSets
{
    /// <summary>Encodes a cluster that belongs to no Upstream.</summary>
    public static EncodedResource Encode(EnvoyCluster.Cluster cluster, ImmutableArray<string> secrets) =>
        EncodedResource.Encode(XdsType.Cluster, cluster.Name, cluster, new ResourceRefs
        {
            Secrets = secrets,
            WarmsSlowly = !secrets.IsEmpty || cluster.Type is DiscoveryType.StrictDns or DiscoveryType.LogicalDns,
        });

    public static ClusterSet Gather(IEnumerable<ResourceKey> keys, Dictionary<ResourceKey, UpstreamState> states)
    {
        var used = keys.ToImmutableSortedSet();
        var clusters = new SortedDictionary<string, EncodedResource>(StringComparer.Ordinal);
        var assignments = new SortedDictionary<string, EncodedResource>(StringComparer.Ordinal);
        var listeners = new SortedDictionary<string, EncodedResource>(StringComparer.Ordinal);
        var secrets = new SecretSet();
        var reports = ImmutableArray.CreateBuilder<ResourceReport>(used.Count);
        var provenance = ImmutableDictionary.CreateBuilder<(XdsType, string), ImmutableArray<ResourceKey>>();
        foreach (var key in used)
        {
            if (!states.TryGetValue(key, out var state) || !state.Exists) continue;
            if (!KubeUpstreams.Is(key) || !state.Translation.Diagnostics.IsEmpty)
                reports.Add(new ResourceReport(key, state.Translation.Diagnostics));
            ImmutableArray<ResourceKey> sources = [key];
            if (state.Translation.Cluster is { } cluster)
            {
                clusters[cluster.Name] = cluster;
                provenance[(XdsType.Cluster, cluster.Name)] = sources;
            }

            if (state.Translation.Assignment is { } assignment)
            {
                assignments[assignment.Name] = assignment;
                provenance[(XdsType.ClusterLoadAssignment, assignment.Name)] = sources;
            }

            foreach (var (other, origin) in state.Translation.Others)
            {
                if (other.Type == XdsType.Secret)
                {
                    secrets.Add(other, [.. origin, key]);
                    continue;
                }

                (other.Type == XdsType.Listener ? listeners : clusters)[other.Name] = other;
                provenance[(other.Type, other.Name)] = sources;
            }
        }

        return new ClusterSet(
            [.. clusters.Values], [.. assignments.Values], [.. listeners.Values], [.. secrets.All], used,
            reports.ToImmutable(), provenance.ToImmutable());
    }
}
