using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Envoy;
using Stagedoor.Translation.Gateway;
using Stagedoor.Translation.KubeGateway;

namespace Stagedoor.Translation;

/// <summary>
/// Translates one Proxy from one view: the Gateway stage, then the Envoy stage. Pure but for the memo.
/// </summary>
public static class ProxyTranslator
{
    /// <summary>
    /// All Envoy resources and reports of a Proxy. What cannot be served is left out or replaced, alone, and
    /// reported; this
    /// never fails for bad input.
    /// </summary>
    public static ProxyTranslation Translate(CatalogView view, ProxyId proxy, TranslationMemo memo)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(memo);
        if (KubeProxies.GatewayOf(proxy) is { } key)
        {
            var kube = KubeGatewayTranslator.Translate(view, key);
            return Translate(view, proxy, kube.Proxy, kube.Reports, memo) with
            {
                Gateway = kube.Proxy is null ? null : key,
                Kube = kube.Status,
            };
        }

        var gateway = GatewayTranslator.Translate(view, proxy, memo.Gateway);
        return Translate(view, proxy, gateway.Proxy, gateway.Reports, memo);
    }

    /// <summary>The Envoy stage alone, on a Proxy that is already there.</summary>
    internal static ProxyTranslation Translate(
        CatalogView view, ProxyId proxy, GlooV1.Proxy? input, ImmutableArray<ResourceReport> reports,
            TranslationMemo memo)
    {
        if (input is null) return new ProxyTranslation(proxy, view.Version) { Reports = reports };
        var key = ResourceKey.Of(ResourceKinds.Proxy, proxy.Namespace, proxy.Name);
        var envoy = EnvoyTranslator.Translate(view, input, key, memo);
        memo.Reports = MergedReports.Next(memo.Reports, reports, envoy, key);
        return new ProxyTranslation(proxy, view.Version)
        {
            GlooProxy = input,
            Resources =
            [
                .. envoy.Listeners, .. envoy.Routes, .. envoy.Clusters, .. envoy.Upstreams.Assignments,
                .. envoy.Secrets,
            ],
            Reports = memo.Reports.Result,
            Upstreams = envoy.Upstreams.Keys,
            Provenance = envoy.Provenance,
        };
    }
}
