using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>The last translation of a Proxy, which holds for the next view if only Upstreams differ.</summary>
/// <param name="Proxy">The Proxy it was made from.</param>
/// <param name="ListenerReads">What was read for its listeners.</param>
/// <param name="IsRepeatable">Whether nothing else was looked at.</param>
/// <param name="Result">The translation.</param>
internal sealed record LastRun(
    GlooV1.Proxy Proxy, HashSet<ResourceKey> ListenerReads, bool IsRepeatable, EnvoyTranslation Result)
{
    /// <summary>
    /// The translation for the next view; null if it has to be made. No virtual host may depend on the changes.
    /// </summary>
    public EnvoyTranslation? Repeat(
        GlooV1.Proxy proxy, HashSet<ResourceKey> changes, CatalogView view, TranslationMemo memo)
    {
        if (!IsRepeatable || !ReferenceEquals(Proxy, proxy) || changes.Overlaps(ListenerReads)) return null;
        var before = memo.Clusters;
        var clusters = ClusterSets.Next(memo);
        memo.Clusters = clusters;
        if (before is null || !ReferenceEquals(clusters.Provenance, before.Provenance)) return null;
        if (before.Listeners != clusters.Listeners || before.Secrets != clusters.Secrets) return null;
        memo.View = view;
        if (ReferenceEquals(clusters, before)) return Result;
        var result = Result with { Clusters = clusters.With(memo.Generated).Clusters, Upstreams = clusters };
        memo.Last = this with { Result = result };
        return result;
    }
}
