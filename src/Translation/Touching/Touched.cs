using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation;

/// <summary>What a step from one view to the next may concern.</summary>
/// <param name="Proxies">
/// Proxies whose translation may differ, those that came to be or ceased to be included. None is left out; one may turn
/// out to be unchanged.
/// </param>
/// <param name="Upstreams">The same of Upstreams.</param>
public sealed record Touched(ImmutableSortedSet<ProxyId> Proxies, ImmutableSortedSet<ResourceKey> Upstreams)
{
    /// <summary>Nothing is touched.</summary>
    public static readonly Touched Nothing = new(ProxyIndex.NoProxies, []);
}
