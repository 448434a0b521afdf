using Stagedoor.Actors;
using Stagedoor.Translation;

namespace Stagedoor.Host.Serving;

/// <summary>The pure functions of the translation room, given to the actors.</summary>
internal static class TranslationBinding
{
    /// <summary>The functions.</summary>
    public static TranslationFunctions Functions(StartupClock clock) => new()
    {
        Proxies = ProxyIndex.Proxies,
        TouchedProxies = (view, previous, changed) => ProxyIndex.Touched(view, previous, changed),
        Upstreams = ProxyIndex.Upstreams,
        TouchedUpstreams = (view, previous, changed) => ProxyIndex.TouchedUpstreams(view, previous, changed),
        NewProxyTranslator = proxy =>
        {
            var memo = new TranslationMemo();
            return view =>
            {
                memo.Now = TimeProvider.System.GetUtcNow();
                var translation = ProxyTranslator.Translate(view, proxy, memo);
                if (view.IsSynced) clock.Done("translation");
                return translation;
            };
        },
        TranslateUpstream = UpstreamTranslator.Translate,
    };
}
