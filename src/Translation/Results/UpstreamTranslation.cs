using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Xds;

namespace Stagedoor.Translation;

/// <summary>The result of translating one Upstream from one view.</summary>
/// <param name="Upstream">Which Upstream.</param>
/// <param name="ViewVersion">The view it was computed from.</param>
public sealed record UpstreamTranslation(ResourceKey Upstream, long ViewVersion)
{
    /// <summary>The cluster; null if the Upstream has errors or does not exist.</summary>
    public EncodedResource? Cluster { get; init; }

    /// <summary>The assignment of an EDS cluster, possibly with no endpoints; null for other clusters.</summary>
    public EncodedResource? Assignment { get; init; }

    /// <summary>
    /// What the cluster needs besides, with the input resources other than the Upstream that it came from: SDS
    /// resources, and the clusters and listeners of a tunnel.
    /// </summary>
    public ImmutableArray<(EncodedResource Resource, ImmutableArray<ResourceKey> Sources)> Others { get; init; } = [];

    /// <summary>What it says about the Upstream.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}
