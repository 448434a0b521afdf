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
    public static EncodedResource Encode(EnvoyCluster.Cluster cluster, ImmutableArray<string> secrets) =>
        EncodedResource.Encode(XdsType.Cluster, cluster.Name, cluster, new ResourceRefs
        {
            Secrets = secrets,
            WarmsSlowly = !secrets.IsEmpty || cluster.Type is DiscoveryType.StrictDns or DiscoveryType.LogicalDns,
        });

    /// <summary>
    /// The set for the Upstreams now in use: the last one with what changed in it, the same as <see cref="Gather"/>.
    /// </summary>
    public static ClusterSet Next(TranslationMemo memo)
    {
        var stale = memo.StaleClusters;
        var next = memo.Clusters is { } last && stale.Count <= FewChanges ? With(last, stale, memo) : null;
        if (next is null)
        {
            next = Gather(memo.Users.Keys, memo.Upstreams);
            memo.Gathered.Clear();
            stale.UnionWith(next.Keys);
        }

        foreach (var key in stale)
        {
            if (memo.Users.ContainsKey(key)) memo.Gathered[key] = memo.Upstreams[key];
            else memo.Gathered.Remove(key);
        }

        stale.Clear();
        return next;
    }

    /// <summary>The set made anew.</summary>
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

    // Null where only the whole can tell: two Upstreams that share a cluster name, and what they need besides.
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
            if (!SameOthers(memo.Gathered.GetValueOrDefault(key), state)) return null;
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
            clusters.ToImmutable(), assignments.ToImmutable(), last.Listeners, last.Secrets, keys,
            reports.ToImmutable(), provenance);
    }

    private static bool SameOthers(UpstreamState? before, UpstreamState? now)
    {
        var old = before?.Translation.Others ?? [];
        var others = now?.Translation.Others ?? [];
        return old.Length == others.Length && old.Zip(others).All(pair =>
            pair.First.Resource.Name == pair.Second.Resource.Name
            && pair.First.Resource.Hash == pair.Second.Resource.Hash
            && pair.First.Sources.AsSpan().SequenceEqual(pair.Second.Sources.AsSpan()));
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
