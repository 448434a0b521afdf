using Envoy.Extensions.Filters.Http.Router.V3;
using Envoy.Extensions.Filters.Http.UpstreamCodec.V3;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The HTTP filters of a chain, each from its feature, in Gloo's stages with the router at the end (envoy-translation
/// 3.3).
/// </summary>
internal static class HttpFilters
{
    public static IEnumerable<EnvoyHcm.HttpFilter> Of(FilterChainScope chain)
    {
        foreach (var feature in HttpFeatures.All) feature.OnListener(chain);
        foreach (var (name, config) in chain.Filters.Ordered()) yield return FilterChainScope.Filter(name, config);
        var router = new Router
        {
            SuppressEnvoyHeaders = chain.Options.Router?.SuppressEnvoyHeaders == true,
            DynamicStats = chain.Options.Router?.DynamicStats,
        };
        foreach (var (name, config) in chain.Upstream.Ordered())
            router.UpstreamHttpFilters.Add(FilterChainScope.Filter(name, config));
        if (router.UpstreamHttpFilters.Count > 0)
        {
            router.UpstreamHttpFilters.Add(FilterChainScope.Filter(
                "envoy.filters.http.upstream_codec", AnyTypes.Pack(new UpstreamCodec())));
        }

        yield return FilterChainScope.Filter("envoy.filters.http.router", AnyTypes.Pack(router));
    }
}
