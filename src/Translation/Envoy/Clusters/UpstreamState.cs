using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>One Upstream as routes see it, and its translation.</summary>
/// <param name="Upstream">The message; null if there is no such Upstream.</param>
/// <param name="Translation">Cluster, assignment and what is wrong.</param>
/// <param name="Dependencies">What all of this was made from.</param>
internal sealed record UpstreamState(
    GlooV1.Upstream? Upstream, UpstreamTranslation Translation, ImmutableArray<ResourceKey> Dependencies)
{
    /// <summary>Whether there is such an Upstream.</summary>
    public bool Exists => Upstream is not null;

    /// <summary>Whether its cluster is served.</summary>
    public bool IsServed => Translation.Cluster is not null;

    /// <summary>Whether a route would come out the same for both states.</summary>
    public bool SameForRoutes(UpstreamState other) =>
        Exists == other.Exists
        && IsServed == other.IsServed
        && Equals(SubsetSpec, other.SubsetSpec)
        && Equals(ServiceSpecs.Of(Upstream), ServiceSpecs.Of(other.Upstream))
        && Equals(Upstream?.Aws, other.Upstream?.Aws)
        && Equals(Upstream?.Azure, other.Upstream?.Azure);

    /// <summary>This state with the resources of an older one where their bytes are equal.</summary>
    public UpstreamState Keeping(UpstreamState old)
    {
        if (ReferenceEquals(this, old)) return this;
        var (cluster, assignment) = (old.Translation.Cluster, old.Translation.Assignment);
        var keepsCluster = cluster is not null && cluster.Hash == Translation.Cluster?.Hash;
        var keepsAssignment = assignment is not null && assignment.Hash == Translation.Assignment?.Hash;
        if (!keepsCluster && !keepsAssignment) return this;
        return this with
        {
            Translation = Translation with
            {
                Cluster = keepsCluster ? cluster : Translation.Cluster,
                Assignment = keepsAssignment ? assignment : Translation.Assignment,
            },
        };
    }

    private GlooV1.Options.SubsetSpec? SubsetSpec => Upstream is null ? null : Subsets.Of(Upstream);
}
