using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Xds;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;

namespace Stagedoor.Translation.Envoy;

/// <summary>Gathers what the Upstreams in use contribute: only what a Proxy uses is sent to it.</summary>
internal static class ClusterSets
{
    private const int FewChanges = 64;

    /// <summary>Encodes a cluster that belongs to no Upstream.</summary>
    public static EncodedResource Encode(EnvoyCluster.Cluster cluster) => EncodedResource.Encode(
        XdsType.Cluster, cluster.Name, cluster, new ResourceRefs
        {
            WarmsSlowly = cluster.Type is DiscoveryType.StrictDns or DiscoveryType.LogicalDns,
        });

    /// <summary>
    /// The set for the Upstreams now in use: the last one with what changed in it, the same as <see cref="Gather"/>.
    /// </summary>
    public static ClusterSet Next(TranslationMemo memo)
    {
        var stale = memo.StaleClusters;
        var next = memo.Clusters is { } last && stale.Count <= FewChanges ? With(last, stale, memo) : null;
        next ??= Gather(memo.Users.Keys, memo.Upstreams);
        stale.Clear();
        return next;
    }

    /// <summary>The set made anew.</summary>
    public static ClusterSet Gather(IEnumerable<ResourceKey> keys, Dictionary<ResourceKey, UpstreamState> states)
    {
        var used = keys.ToImmutableSortedSet();
        var clusters = new SortedDictionary<string, EncodedResource>(StringComparer.Ordinal);
        var assignments = new SortedDictionary<string, EncodedResource>(StringComparer.Ordinal);
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
        }

        return new ClusterSet(
            [.. clusters.Values], [.. assignments.Values], used, reports.ToImmutable(), provenance.ToImmutable());
    }

    // Null if two Upstreams share a cluster name, which only the whole can decide.
    private static ClusterSet? With(ClusterSet last, HashSet<ResourceKey> stale, TranslationMemo memo)
    {
        if (stale.Count == 0) return last;
        var clusters = new SortedItems<string, EncodedResource>(last.Clusters, static resource => resource.Name);
        var assignments = new SortedItems<string, EncodedResource>(last.Assignments, static resource => resource.Name);
        var reports = new SortedItems<ResourceKey, ResourceReport>(last.Reports, static report => report.Resource);
        var (keys, provenance) = (last.Keys, last.Provenance);
        foreach (var key in stale)
        {
            var name = EnvoyNames.Cluster(key);
            var isUsed = memo.Users.ContainsKey(key);
            var state = isUsed && memo.Upstreams.TryGetValue(key, out var known) && known.Exists ? known : null;
            keys = isUsed ? keys.Add(key) : keys.Remove(key);
            var isReported = state is not null
                && (!KubeUpstreams.Is(key) || !state.Translation.Diagnostics.IsEmpty);
            reports.Set(key, isReported ? new ResourceReport(key, state!.Translation.Diagnostics) : null);
            clusters.Set(name, state?.Translation.Cluster);
            assignments.Set(name, state?.Translation.Assignment);
            if (!Blame(ref provenance, (XdsType.Cluster, name), key, state?.Translation.Cluster)
                || !Blame(ref provenance, (XdsType.ClusterLoadAssignment, name), key, state?.Translation.Assignment))
                return null;
        }

        return new ClusterSet(
            clusters.ToImmutable(), assignments.ToImmutable(), keys, reports.ToImmutable(), provenance);
    }

    private static bool Blame(
        ref ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>> provenance,
        (XdsType Type, string Name) name, ResourceKey key, EncodedResource? resource)
    {
        if (provenance.TryGetValue(name, out var sources))
        {
            if (sources[0] != key) return false;
            if (resource is null) provenance = provenance.Remove(name);
        }
        else if (resource is not null)
        {
            provenance = provenance.Add(name, [key]);
        }

        return true;
    }
}
