using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Solo.Gloo;
using Solo.Gloo.Options.Retries;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Rules of a route as routes of a Proxy, one for each match (gateway-translation 2.7).</summary>
internal static class RouteBuilder
{
    /// <summary>All routes, in the order written.</summary>
    public static IEnumerable<RankedRoute> Build(RouteState route, ListenerState listener, CatalogView view)
    {
        var position = 0;
        var routes = new List<RankedRoute>();
        for (var i = 0; i < route.Spec.Rules.Length; i++)
        {
            var rule = route.Spec.Rules[i];
            var matches = rule.Matches.IsEmpty ? [new HttpRouteMatch()] : rule.Matches;
            for (var j = 0; j < matches.Length; j++)
            {
                routes.Add(new RankedRoute(
                    Build(route, listener, i, j, matches[j], view),
                    RouteMatches.RankOf(matches[j], route.Resource, position++)));
            }
        }

        return routes;
    }

    private static Route Build(
        RouteState route, ListenerState listener, int ruleIndex, int matchIndex, HttpRouteMatch match, CatalogView view)
    {
        var rule = route.Spec.Rules[ruleIndex];
        var key = route.Resource.Key;
        var field = $"spec.rules[{ruleIndex}]";
        var result = new Route
        {
            Name = string.Create(
                CultureInfo.InvariantCulture,
                $"{key.Kind.ToLowerInvariant()}-{key.Name}-{key.Namespace}-{ruleIndex}-{matchIndex}"),
            Options = new RouteOptions(),
            MetadataStatic = KubeSources.MetadataOf(route.Resource),
        };
        result.Matchers.Add(RouteMatches.ToMatcher(match));
        RouteFilters.Apply(route, field, rule.Filters, match, result.Options, view);
        var redirect = rule.Filters.FirstOrDefault(filter => filter.Type == "RequestRedirect")?.RequestRedirect;
        if (IsClosed(rule)) result.DirectResponseAction = Closed();
        else if (Backends.Of(route, field, rule.BackendRefs, view) is { } action) result.RouteAction = action;
        else if (redirect is not null) result.RedirectAction = RouteRedirects.Of(redirect, match, listener);
        else result.DirectResponseAction = Closed();
        if (result.RouteAction is not null) Timing(route, field, rule, result.Options);
        if (rule.SessionPersistence is not null)
            RouteFilters.NotYet(route, $"{field}.sessionPersistence", "session persistence");
        if (result.RouteAction is null) OnlyHeaders(result);
        return result;
    }

    // What protects and is not translated must not let traffic through.
    private static bool IsClosed(HttpRouteRule rule) =>
        rule.Filters.Any(filter => filter.Type is "ExtensionRef" or "ExternalAuth");

    private static DirectResponseAction Closed() => new() { Status = 500 };

    // Rewrites and mirrors have nothing to act on where nothing is forwarded.
    private static void OnlyHeaders(Route route)
    {
        var headers = route.Options.HeaderManipulation;
        var cors = route.Options.Cors;
        route.Options = new RouteOptions { HeaderManipulation = headers, Cors = cors };
    }

    private static void Timing(RouteState route, string field, HttpRouteRule rule, RouteOptions options)
    {
        var request = GatewayDuration.Parse(rule.Timeouts?.Request);
        var backend = GatewayDuration.Parse(rule.Timeouts?.BackendRequest);
        if (request is { } total) options.Timeout = Duration.FromTimeSpan(total);
        else if (backend is { } single && rule.Retry is null) options.Timeout = Duration.FromTimeSpan(single);
        if (rule.Retry is null && (backend is null || request is null)) return;
        var retries = new RetryPolicy();
        if (backend is { } perTry && perTry > TimeSpan.Zero) retries.PerTryTimeout = Duration.FromTimeSpan(perTry);
        if (rule.Retry is { } retry)
        {
            retries.RetryOn = "retriable-status-codes,connect-failure,refused-stream,reset-before-request";
            retries.NumRetries = (uint)(retry.Attempts ?? 1);
            retries.RetriableStatusCodes.Add(retry.Codes.Select(code => (uint)code));
            if (GatewayDuration.Parse(retry.Backoff) is { } backoff)
                retries.RetryBackOff = new RetryBackOff { BaseInterval = Duration.FromTimeSpan(backoff) };
        }

        options.Retries = retries;
    }
}
