using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.ProxyValidation;

/// <summary>What would become of one Proxy: the Proxy as translated, and what is wrong with it.</summary>
/// <param name="Proxy">The Gloo Proxy; as it was given, or as Gateways make it.</param>
/// <param name="Report">Errors and warnings by listener, virtual host and route.</param>
/// <param name="Upstreams">What is said of Upstreams, ordered by key.</param>
public sealed record ProxyVerdict(
    GlooV1.Proxy Proxy, GlooV1.ProxyReport Report, ImmutableArray<ResourceReport> Upstreams);

/// <summary>
/// Answers "what would become of the Proxies if" without changing anything (infrastructure 2.1). Pure; translates from
/// scratch.
/// </summary>
public static class ProxyValidator
{
    /// <summary>The verdict on one Proxy object, or on every Proxy of the view if none is given.</summary>
    /// <param name="view">The inputs, with the change that is asked about already made.</param>
    /// <param name="proxy">The Proxy; null for all of the view.</param>
    public static ImmutableArray<ProxyVerdict> Validate(CatalogView view, GlooV1.Proxy? proxy)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (proxy is not null)
        {
            var id = new ProxyId(proxy.Metadata?.Namespace ?? "", proxy.Metadata?.Name ?? "");
            return [Verdict(view, ProxyTranslator.Translate(view, id, proxy, [], new TranslationMemo()))];
        }

        return
        [
            .. ProxyIndex.Proxies(view)
                .Select(id => ProxyTranslator.Translate(view, id, new TranslationMemo()))
                .Where(translation => translation.GlooProxy is not null)
                .Select(translation => Verdict(view, translation)),
        ];
    }

    private static ProxyVerdict Verdict(CatalogView view, ProxyTranslation translation)
    {
        var key = ResourceKey.Of(ResourceKinds.Proxy, translation.Proxy.Namespace, translation.Proxy.Name);
        var said = translation.Reports.Where(report => report.Resource == key).SelectMany(r => r.Diagnostics);
        var upstreams = ProxyIndex.Upstreams(view)
            .Select(upstream => new ResourceReport(upstream, UpstreamTranslator.Translate(view, upstream).Diagnostics))
            .Where(report => !report.Diagnostics.IsEmpty);
        return new ProxyVerdict(
            translation.GlooProxy!, ProxyReportBuilder.Build(translation.GlooProxy!, said, ReplacesRoutes(view)),
            [.. upstreams]);
    }

    /// <summary>
    /// Errors of routes are warnings where the Settings have such routes replaced (envoy-translation 1.7).
    /// </summary>
    private static bool ReplacesRoutes(CatalogView view) =>
        Gateway.SettingsObject.Read(view).Gloo?.InvalidConfigPolicy?.ReplaceInvalidRoutes == true;
}
