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
        && Equals(ServiceSpecs.Of(Upstream), ServiceSpecs.Of(other.Upstream));

    private GlooV1.Options.SubsetSpec? SubsetSpec => Upstream is null ? null : Subsets.Of(Upstream);
}
