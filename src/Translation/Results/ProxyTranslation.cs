using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.KubeGateway;
using Stagedoor.Xds;

namespace Stagedoor.Translation;

/// <summary>The result of translating one Proxy from one view: pure data, ready to be committed.</summary>
/// <param name="Proxy">Which Proxy.</param>
/// <param name="ViewVersion">The view it was computed from.</param>
public sealed record ProxyTranslation(ProxyId Proxy, long ViewVersion)
{
    /// <summary>
    /// The Gloo Proxy object; null if no Gateway feeds the Proxy any more: then there are no resources.
    /// </summary>
    public Solo.Gloo.Proxy? GlooProxy { get; init; }

    /// <summary>The Gateway API Gateway it came from; null for Proxies of the classic API.</summary>
    public ResourceKey? Gateway { get; init; }

    /// <summary>What is said in the Gateway API's own terms; null for Proxies of the classic API.</summary>
    public KubeStatus? Kube { get; init; }

    /// <summary>
    /// All Envoy resources of the Proxy: valid, closed under references (rules I3 and I5), one per type and name,
    /// ordered by type and name.
    /// </summary>
    public ImmutableArray<EncodedResource> Resources { get; init; } = [];

    /// <summary>What it says about its inputs, one report per input resource that took part, ordered by key.</summary>
    public ImmutableArray<ResourceReport> Reports { get; init; } = [];

    /// <summary>The Upstreams whose clusters are among the resources or that a route refers to.</summary>
    public ImmutableSortedSet<ResourceKey> Upstreams { get; init; } = [];

    /// <summary>Which inputs made a resource: kept beside the bytes, for NACKs, <c>explain</c> and history.</summary>
    public ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>> Provenance { get; init; } =
        ImmutableDictionary<(XdsType Type, string Name), ImmutableArray<ResourceKey>>.Empty;
}
