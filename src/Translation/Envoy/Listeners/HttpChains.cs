using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>The filter chains of HTTP listeners, hybrid and aggregate ones included (envoy-translation 2.3).</summary>
internal static class HttpChains
{
    /// <summary>Adds the chains of a part and the route configuration that they share.</summary>
    public static void Add(ListenerScope listener, HttpPart part)
    {
        if (part.Hosts.Count == 0 && listener.View.Settings.Gateway?.TranslateEmptyGateways != true) return;
        var routes = new HttpRoutes(part.Routes, part.Hosts, new HttpContext(
            part.Http.Options, part.RequireTls, listener.Input.RouteOptions?.MaxDirectResponseBodySizeBytes,
            part.Sources, part.Field)
        {
            IsKube = listener.IsKube,
        });
        var scope = new FilterChainScope(
            part.Http, listener.View, listener.Needs, listener.Translate(routes), listener.Problems)
        {
            Hosts = part.Hosts,
        };
        EnvoyListener.Filter[] filters = [.. ConnectionManager.Of(listener, scope, part.Routes)];
        var before = listener.Chains.Count;
        if (part.Ssl.Count == 0) Plain(listener, part, filters);
        foreach (var config in SslConfigs.Consolidate(part.Ssl)) Tls(listener, part, config, filters);
        if (listener.Chains.Count > before) listener.Routes.Add(routes);
    }

    private static void Plain(ListenerScope listener, HttpPart part, EnvoyListener.Filter[] filters)
    {
        var chain = new EnvoyListener.FilterChain { Filters = { filters } };
        if (ChainMatchers.Apply(part.Matcher, chain, why => Error(listener, part, why)))
            listener.Chains.Add(new FilterChainDraft(chain, part.Sources, part.Field));
    }

    private static void Error(ListenerScope listener, HttpPart part, string reason) =>
        TlsChains.Report(listener, part.Sources, part.Field, [Problem.Error(EnvoyCodes.InvalidTls, reason)]);

    private static void Tls(
        ListenerScope listener, HttpPart part, GlooV1.SslConfig config, EnvoyListener.Filter[] filters)
    {
        ImmutableArray<ResourceKey> sources = SslConfigs.SourcesOf(config, part, listener.View.View);
        if (TlsChains.Of(listener, config, config.SniDomains, sources, part.Field) is not { } draft) return;
        if (!draft.IsClosed) draft.Output.Filters.AddRange(filters);
        if (ChainMatchers.Apply(part.Matcher, draft.Output, why => Error(listener, part, why)))
            listener.Chains.Add(draft);
    }
}
