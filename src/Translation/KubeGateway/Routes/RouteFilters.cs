using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Solo.Core;
using Solo.Gloo;
using Solo.Gloo.Options.Cors;
using Solo.Gloo.Options.Shadowing;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;
using Stagedoor.Translation.Envoy;
using GlooRegex = Solo.Envoy.Type.Matcher.V3.RegexMatchAndSubstitute;
using HeaderManipulation = Solo.Gloo.Options.Headers.HeaderManipulation;
using RegexMatcher = Solo.Envoy.Type.Matcher.V3.RegexMatcher;
using RouteOptions = Solo.Gloo.RouteOptions;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Filters of a rule as options of the Proxy's route (gateway-translation 2.7.3).</summary>
internal static class RouteFilters
{
    /// <summary>Applies all but the redirect to the options of a route.</summary>
    public static void Apply(
        RouteState route, string field, ImmutableArray<HttpRouteFilter> filters, HttpRouteMatch match,
        RouteOptions options, CatalogView view)
    {
        for (var i = 0; i < filters.Length; i++)
            Apply(route, $"{field}.filters[{i}]", filters[i], match, options, view);
    }

    /// <summary>Options of one backend; null if it has no filters.</summary>
    public static WeightedDestinationOptions? OfBackend(
        RouteState route, string field, ImmutableArray<HttpRouteFilter> filters)
    {
        if (filters.IsEmpty) return null;
        var headers = new HeaderManipulation();
        for (var i = 0; i < filters.Length; i++)
        {
            if (filters[i].RequestHeaderModifier is { } request) HeaderFilters.OnRequest(request, headers);
            else if (filters[i].ResponseHeaderModifier is { } response) HeaderFilters.OnResponse(response, headers);
            else NotYet(route, $"{field}.filters[{i}]", $"filter {filters[i].Type} of a backend");
        }

        return new WeightedDestinationOptions { HeaderManipulation = headers };
    }

    /// <summary>Notes a feature that is not translated yet: the route is served without it.</summary>
    public static void NotYet(RouteState route, string field, string what) =>
        route.Problem("", "", field, $"{what} is not translated yet");

    private static void Apply(
        RouteState route, string field, HttpRouteFilter filter, HttpRouteMatch match, RouteOptions options,
        CatalogView view)
    {
        switch (filter.Type)
        {
            case "RequestHeaderModifier" when filter.RequestHeaderModifier is { } headers:
                HeaderFilters.OnRequest(headers, options.HeaderManipulation ??= new HeaderManipulation());
                break;
            case "ResponseHeaderModifier" when filter.ResponseHeaderModifier is { } headers:
                HeaderFilters.OnResponse(headers, options.HeaderManipulation ??= new HeaderManipulation());
                break;
            case "RequestMirror" when filter.RequestMirror is { } mirror:
                Mirror(route, field, mirror, options, view);
                break;
            case "URLRewrite" when filter.UrlRewrite is { } rewrite:
                Rewrite(rewrite, match, options);
                break;
            case "CORS" when filter.Cors is { } cors:
                options.Cors = Cors(cors);
                break;
            case "RequestRedirect" when filter.RequestRedirect is not null:
                break;
            case "ExtensionRef" or "ExternalAuth":
                // What protects must not be missing in silence: the route is closed.
                route.Problem(
                    "ResolvedRefs", "BackendNotFound", field,
                    $"filter {filter.Type} is not translated yet; the rule answers 500");
                break;
            default:
                route.Problem(
                    "Accepted", "UnsupportedValue", field, $"the part that belongs to {filter.Type} is missing");
                break;
        }
    }

    private static void Mirror(
        RouteState route, string field, HttpRequestMirrorFilter mirror, RouteOptions options, CatalogView view)
    {
        if (options.Shadowing is not null)
        {
            NotYet(route, field, "a second mirror of a rule");
            return;
        }

        var target = Backends.Resolve(route, $"{field}.requestMirror.backendRef", mirror.BackendRef, view);
        if (Destinations.UpstreamOf(target) is not { } upstream) return;
        options.Shadowing = new RouteShadowing
        {
            Upstream = new ResourceRef { Name = upstream.Name, Namespace = upstream.Namespace },
            Percentage = mirror.Fraction is { } fraction ? 100f * fraction.Numerator / fraction.Denominator
                : mirror.Percent ?? 100,
        };
    }

    private static void Rewrite(HttpUrlRewriteFilter rewrite, HttpRouteMatch match, RouteOptions options)
    {
        if (rewrite.Hostname is { } host) options.HostRewrite = host;
        if (rewrite.Path is not { } path) return;
        if (path.Type == "ReplaceFullPath")
        {
            options.RegexRewrite = Substitute(".*", path.ReplaceFullPath ?? "");
            return;
        }

        var prefix = RouteMatches.Prefix(match.Path.Value);
        var value = (path.ReplacePrefixMatch ?? "").TrimEnd('/');
        if (prefix == "/") options.PrefixRewrite = value + "/";
        else if (value.Length > 0) options.PrefixRewrite = value;
        else options.RegexRewrite = Substitute($"^{Regex.Escape(prefix)}/*", "/");
    }

    /// <summary>A substitution in which nothing but the text given counts.</summary>
    public static GlooRegex Substitute(string regex, string text) => new()
    {
        Pattern = new RegexMatcher { GoogleRe2 = new RegexMatcher.Types.GoogleRE2(), Regex = regex },
        Substitution = text.Replace("\\", "\\\\", StringComparison.Ordinal),
    };

    private static CorsPolicy Cors(HttpCorsFilter filter)
    {
        var policy = new CorsPolicy
        {
            AllowCredentials = filter.AllowCredentials ?? false,
            MaxAge = filter.MaxAge.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var origin in filter.AllowOrigins)
        {
            if (origin.Contains('*', StringComparison.Ordinal) && origin != "*")
                policy.AllowOriginRegex.Add(Regex.Escape(origin).Replace("\\*", ".+", StringComparison.Ordinal));
            else policy.AllowOrigin.Add(origin);
        }

        policy.AllowMethods.Add(filter.AllowMethods);
        policy.AllowHeaders.Add(filter.AllowHeaders);
        policy.ExposeHeaders.Add(filter.ExposeHeaders);
        return policy;
    }
}
