using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Envoy;
using Stagedoor.Xds;

namespace Stagedoor.Translation;

/// <summary>
/// Reusable pieces of the translations of one Proxy, kept by its owner between calls. An empty one means "from
/// scratch";
/// the result is the same, byte for byte. Not thread-safe.
/// </summary>
public sealed class TranslationMemo
{
    /// <summary>
    /// When it is, for what depends on it (certificates that expired); null means that nothing does. Set before each
    /// translation.
    /// </summary>
    public DateTimeOffset? Now { get; set; }

    /// <summary>What the Gateway stage keeps.</summary>
    internal Gateway.GatewayMemo Gateway { get; } = new();

    /// <summary>The view of the last translation.</summary>
    internal CatalogView? View { get; set; }

    /// <summary>Counts translations.</summary>
    internal long Runs { get; set; }

    /// <summary>Upstreams that routes refer to.</summary>
    internal Dictionary<ResourceKey, UpstreamState> Upstreams { get; } = [];

    /// <summary>Upstreams that filters, access logs and tracers of listeners refer to.</summary>
    internal HashSet<ResourceKey> ListenerUpstreams { get; set; } = [];

    /// <summary>How many virtual hosts refer to each Upstream; one more if listeners do.</summary>
    internal Dictionary<ResourceKey, int> Users { get; } = [];

    /// <summary>Translated virtual hosts by the name of their route configuration, in order.</summary>
    internal Dictionary<string, RouteConfigurationMemo> Routes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Encoded listeners by name, so that equal bytes are one object.</summary>
    internal Dictionary<string, EncodedResource> Listeners { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Clusters and assignments of the last translation; null before the first.</summary>
    internal ClusterSet? Clusters { get; set; }

    /// <summary>Clusters of the last translation that belong to no Upstream.</summary>
    internal ImmutableArray<EncodedResource> Generated { get; set; } = [];

    /// <summary>Upstreams whose part in <see cref="Clusters"/> may be another now.</summary>
    internal HashSet<ResourceKey> StaleClusters { get; } = [];

    /// <summary>The states that <see cref="Clusters"/> was made of.</summary>
    internal Dictionary<ResourceKey, UpstreamState> Gathered { get; } = [];

    /// <summary>Which virtual hosts depend on what.</summary>
    internal DependentIndex<VirtualHostPiece> PieceIndex { get; } = new();

    /// <summary>Which Upstreams depend on what.</summary>
    internal DependentIndex<ResourceKey> UpstreamIndex { get; } = new();

    /// <summary>The last translation of the Envoy stage.</summary>
    internal LastRun? Last { get; set; }

    /// <summary>The last reports.</summary>
    internal MergedReports? Reports { get; set; }

    /// <summary>Keeps the state of an Upstream.</summary>
    internal void Put(ResourceKey key, UpstreamState state)
    {
        if (Upstreams.TryGetValue(key, out var old)) UpstreamIndex.Remove(key, old.Dependencies);
        Upstreams[key] = state;
        UpstreamIndex.Add(key, state.Dependencies);
        StaleClusters.Add(key);
    }

    /// <summary>Counts the users of an Upstream; the state of one that nobody uses is forgotten.</summary>
    internal void Use(ResourceKey key, int step)
    {
        var count = Users.GetValueOrDefault(key) + step;
        if (count == 0 || count == step) StaleClusters.Add(key);
        if (count > 0)
        {
            Users[key] = count;
            return;
        }

        Users.Remove(key);
        if (Upstreams.Remove(key, out var old)) UpstreamIndex.Remove(key, old.Dependencies);
    }
}

/// <summary>One route configuration of the last translation.</summary>
/// <param name="Pieces">Its virtual hosts.</param>
/// <param name="Options">The options it was joined with.</param>
/// <param name="Resource">The joined resource.</param>
/// <param name="ListenerSources">The input resources that its listener came from.</param>
/// <param name="Domains">The domains of its virtual hosts.</param>
/// <param name="Sums">What its virtual hosts have to say together.</param>
internal sealed record RouteConfigurationMemo(
    ImmutableArray<VirtualHostPiece> Pieces,
    GlooV1.RouteConfigurationOptions? Options,
    EncodedResource Resource,
    ImmutableArray<ResourceKey> ListenerSources,
    DomainAssignment Domains,
    PieceSums Sums)
{
    /// <summary>The input resources that it came from.</summary>
    public ImmutableArray<ResourceKey> Sources => Sums.Sources.Items;
}

/// <summary>What the Upstreams in use contribute to a translation.</summary>
/// <param name="Clusters">Their clusters by name.</param>
/// <param name="Assignments">The assignments of those of EDS type, by name.</param>
/// <param name="Listeners">Listeners that tunnels need, by name.</param>
/// <param name="Secrets">SDS resources that they refer to, with whom they come from.</param>
/// <param name="Keys">The Upstreams themselves.</param>
/// <param name="Reports">Their reports by key; of those that exist.</param>
/// <param name="Provenance">Which Upstream made which resource.</param>
internal sealed record ClusterSet(
    ImmutableArray<EncodedResource> Clusters,
    ImmutableArray<EncodedResource> Assignments,
    ImmutableArray<EncodedResource> Listeners,
    ImmutableArray<(EncodedResource Resource, ImmutableArray<ResourceKey> Sources)> Secrets,
    ImmutableSortedSet<ResourceKey> Keys,
    ImmutableArray<ResourceReport> Reports,
    ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>> Provenance)
{
    /// <summary>The same with clusters that belong to no Upstream.</summary>
    public ClusterSet With(ImmutableArray<EncodedResource> generated) => generated.IsEmpty ? this : this with
    {
        Clusters = [.. Clusters.Concat(generated).OrderBy(cluster => cluster.Name, StringComparer.Ordinal)],
    };
}
