using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>A filter chain with whom it is made for.</summary>
/// <param name="Output">The chain; its server names may be cut down.</param>
/// <param name="Sources">The input resources behind it; never empty.</param>
/// <param name="Field">Path in the Proxy of what it was made from.</param>
internal sealed record FilterChainDraft(
    EnvoyListener.FilterChain Output, ImmutableArray<ResourceKey> Sources, string Field)
{
    /// <summary>
    /// Whether it only refuses connections: it stands where a chain could not be made, so that its hosts do not fall
    /// to a chain that matches more.
    /// </summary>
    public bool IsClosed { get; init; }
}
