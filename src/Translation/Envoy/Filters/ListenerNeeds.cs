using Stagedoor.Api;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// What a listener needs besides its routes: the Upstreams that its filters, access logs and tracers talk to, and
/// clusters that belong to no Upstream. Only what is reported here is sent to the Proxy.
/// </summary>
internal sealed class ListenerNeeds(UpstreamLookup upstreams)
{
    /// <summary>Upstreams that are referred to, existing or not.</summary>
    public HashSet<ResourceKey> Upstreams { get; } = [];

    /// <summary>Clusters that exist and are referred to, sorted.</summary>
    public SortedSet<string> Clusters { get; } = new(StringComparer.Ordinal);

    /// <summary>Clusters made for the listener itself, by name.</summary>
    public SortedDictionary<string, EncodedResource> Generated { get; } = new(StringComparer.Ordinal);

    /// <summary>SDS resources that the listener or a cluster of its own refers to.</summary>
    public SecretSet Secrets { get; } = new();

    /// <summary>The state of an Upstream, which is sent to the Proxy if it exists.</summary>
    public UpstreamState Upstream(ResourceKey key)
    {
        var state = upstreams.Get(key);
        Upstreams.Add(key);
        if (state.IsServed) Clusters.Add(EnvoyNames.Cluster(key));
        return state;
    }

    /// <summary>The same by reference.</summary>
    public (UpstreamState State, string Cluster) Upstream(Solo.Core.ResourceRef reference)
    {
        var key = ResourceKey.Of(ResourceKinds.Upstream, reference.Namespace, reference.Name);
        return (Upstream(key), EnvoyNames.Cluster(key));
    }

    /// <summary>Adds a cluster of the listener's own, with the SDS resources that it refers to.</summary>
    public void Generate(EnvoyCluster.Cluster cluster, SecretSet? secrets = null)
    {
        Generated[cluster.Name] = ClusterSets.Encode(cluster, secrets?.Names ?? []);
        if (secrets is not null) Secrets.Add(secrets, []);
        Clusters.Add(cluster.Name);
    }
}
