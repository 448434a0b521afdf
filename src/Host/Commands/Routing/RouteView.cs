using Stagedoor.Api;
using Stagedoor.Translation;
using Stagedoor.Translation.RouteCheck;
using Stagedoor.Xds;

namespace Stagedoor.Host.Commands.Routing;

/// <summary>What a request meets in one listener, in plain words.</summary>
internal sealed record RouteView(
    string Proxy,
    string Listener,
    string FilterChain,
    string Outcome,
    int? Status,
    string? Location,
    string? Body,
    string? VirtualHost,
    string? Domain,
    string? Route,
    string? Path,
    IReadOnlyList<RouteView.TargetView> Clusters,
    IReadOnlyList<string> ResponseHeaders,
    IReadOnlyList<string> Filters,
    IReadOnlyList<RouteView.SourceView> Sources,
    IReadOnlyList<string> Unknown)
{
    /// <summary>A cluster with what it gets.</summary>
    public sealed record TargetView(string Cluster, uint Weight, string? Host, IReadOnlyList<string> RequestHeaders);

    /// <summary>An input object and what it made.</summary>
    public sealed record SourceView(string Of, string Resource, string? Source);

    /// <summary>
    /// What becomes of a request in every listener that could get it: those of the URL's port if there are any, else
    /// all that speak its scheme.
    /// </summary>
    public static IEnumerable<RouteView> Of(CatalogView view, RouteRequest request, string? proxy, string? listener)
    {
        foreach (var id in ProxyIndex.Proxies(view).Where(id => proxy is null || id.ToString() == proxy))
        {
            var translation = ProxyTranslator.Translate(view, id, new TranslationMemo());
            var chains = CheckedChain.Of(translation).Where(c => listener is null || c.Listener == listener).ToList();
            var ofPort = chains.Where(chain => $":{chain.Port}" == PortOf(request.Host)).ToList();
            foreach (var group in (ofPort.Count > 0 ? ofPort : chains).GroupBy(chain => chain.Listener))
            {
                if (CheckedChain.Choose(group, request.Scheme, request.Host) is { } chain)
                    yield return Of(view, translation, chain, request);
            }
        }
    }

    private static RouteView Of(
        CatalogView view, ProxyTranslation translation, CheckedChain chain, RouteRequest request)
    {
        var outcome = RouteEvaluator.Evaluate(chain.Manager, chain.Routes, request);
        var isForwarded = outcome.Kind == RouteOutcomeKind.Cluster;
        return new RouteView(
            translation.Proxy.ToString(), chain.Listener, Describe(chain), outcome.Kind.ToString(),
            isForwarded ? null : outcome.Status, outcome.Location, outcome.Body.Length > 0 ? outcome.Body : null,
            outcome.VirtualHost, outcome.Domain, outcome.Route, isForwarded ? outcome.Path : null,
            [
                .. outcome.Targets.Select(target => new TargetView(
                    target.Cluster, target.Weight, target.Host,
                    [
                        .. target.RequestHeaders.SelectMany(header =>
                            header.Value.Select(value => $"{header.Key}: {value}")),
                    ])),
            ],
            [.. outcome.ResponseHeaders.Select(change => $"{change.Action} {change.Name}: {change.Value}".TrimEnd())],
            [
                .. chain.Manager.HttpFilters.Select(filter => outcome.FilterOverrides.Contains(filter.Name)
                    ? $"{filter.Name} (configured by the route)"
                    : filter.Name),
            ],
            [.. SourcesOf(view, translation, chain, outcome)],
            outcome.Unknown);
    }

    private static IEnumerable<SourceView> SourcesOf(
        CatalogView view, ProxyTranslation translation, CheckedChain chain, RouteOutcome outcome)
    {
        var made = RouteSources.Of(translation, XdsType.Listener, chain.Listener).Select(key => ("listener", key));
        if (outcome.VirtualHost is { } host)
        {
            made = made.Concat(RouteSources.OfVirtualHost(translation, host).Select(key => ("virtual host", key)));
            if (outcome.Route is { } route)
                made = made.Concat(RouteSources.OfRoute(translation, host, route).Select(key => ("route", key)));
        }

        made = made.Concat(outcome.Targets.SelectMany(target => RouteSources
            .Of(translation, XdsType.Cluster, target.Cluster)
            .Select(key => ($"cluster {target.Cluster}", key))));
        return made.Distinct()
            .Select(part => new SourceView(part.Item1, part.key.ToString(), view.Find(part.key)?.Source.ToString()));
    }

    private static string Describe(CheckedChain chain) => (chain.IsTls, chain.ServerNames.Count) switch
    {
        (false, _) => "plain text",
        (true, 0) => "TLS",
        _ => $"TLS for {string.Join(", ", chain.ServerNames)}",
    };

    private static string PortOf(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? "" : host[colon..];
    }
}
