using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Actors;

/// <summary>One Upstream as its owner sees it.</summary>
/// <param name="Upstream">Which Upstream.</param>
public sealed record UpstreamInfo(ResourceKey Upstream)
{
    /// <summary>Whether the object exists and yields a cluster.</summary>
    public bool HasCluster { get; init; }

    /// <summary>Name of its Envoy cluster; empty if it has none.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>Whether its endpoints travel apart from its cluster (EDS).</summary>
    public bool HasAssignment { get; init; }

    /// <summary>The view that it was computed from.</summary>
    public long ViewVersion { get; init; }

    /// <summary>What its translation says about it.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Proxies that use it.</summary>
    public ImmutableSortedSet<string> UsedBy { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
}
