using Stagedoor.Actors;
using Stagedoor.Translation;

namespace Stagedoor.Host.Serving;

/// <summary>The pure functions of the translation room, given to the actors.</summary>
internal static class TranslationBinding
{
    /// <summary>The functions.</summary>
    public static TranslationFunctions Functions(StartupClock clock) => Functions(clock, new TouchIndex());

    private static TranslationFunctions Functions(StartupClock clock, TouchIndex index) => new()
    {
        Proxies = ProxyIndex.Proxies,
        TouchedProxies = (view, previous, _) => index.Between(previous, view).Proxies,
        Upstreams = ProxyIndex.Upstreams,
        TouchedUpstreams = (view, previous, _) => index.Between(previous, view).Upstreams,
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
