using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation;

namespace Stagedoor.Actors;

/// <summary>The pure functions of the translation room, as the actors call them.</summary>
public sealed record TranslationFunctions
{
    /// <summary>The proxies that a view makes.</summary>
    public required Func<CatalogView, IEnumerable<ProxyId>> Proxies { get; init; }

    /// <summary>
    /// The proxies that differ, or may differ, between two views (view, previous, changed keys); those that are gone
    /// too.
    /// </summary>
    public required Func<CatalogView, CatalogView, ImmutableArray<ResourceKey>, IEnumerable<ProxyId>> TouchedProxies
    {
        get;
        init;
    }

    /// <summary>The Upstreams of a view.</summary>
    public required Func<CatalogView, IEnumerable<ResourceKey>> Upstreams { get; init; }

    /// <summary>The Upstreams that differ, or may differ, between two views; those that are gone too.</summary>
    public required Func<CatalogView, CatalogView, ImmutableArray<ResourceKey>,
        IEnumerable<ResourceKey>> TouchedUpstreams
    {
        get;
        init;
    }

    /// <summary>
    /// A translator for one proxy. It may remember its last results (a memo): it is called by one thread at a time, and
    /// thrown away and made anew if it throws.
    /// </summary>
    public required Func<ProxyId, Func<CatalogView, ProxyTranslation>> NewProxyTranslator { get; init; }

    /// <summary>Translates one Upstream.</summary>
    public required Func<CatalogView, ResourceKey, UpstreamTranslation> TranslateUpstream { get; init; }
}
