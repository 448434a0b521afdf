using Solo.Gloo.Core.Matchers;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Matches of the Gateway API as Gloo's (gateway-translation 2.7.1).</summary>
internal static class RouteMatches
{
    private const string Regular = "RegularExpression";

    /// <summary>The matcher.</summary>
    public static Matcher ToMatcher(HttpRouteMatch match)
    {
        var matcher = new Matcher();
        var path = match.Path;
        switch (path.Type)
        {
            case "Exact":
                matcher.Exact = path.Value;
                break;
            case Regular:
                matcher.Regex = path.Value;
                break;
            default:
                matcher.Prefix = Prefix(path.Value);
                break;
        }

        // Of several matches of one header or parameter only the first counts.
        foreach (var header in match.Headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
        {
            matcher.Headers.Add(new HeaderMatcher
            {
                Name = header.Name,
                Value = header.Value,
                Regex = header.Type == Regular,
            });
        }

        foreach (var parameter in match.QueryParams.DistinctBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            matcher.QueryParameters.Add(new QueryParameterMatcher
            {
                Name = parameter.Name,
                Value = parameter.Value,
                Regex = parameter.Type == Regular,
            });
        }

        if (match.Method is { } method) matcher.Methods.Add(method);
        return matcher;
    }

    /// <summary>A prefix matches whole segments, so that a slash at its end says nothing.</summary>
    public static string Prefix(string value) => value.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";

    /// <summary>The precedence of a match.</summary>
    public static RouteRank RankOf(HttpRouteMatch match, Resource route, int position) => new(
        match.Path.Type switch { "Exact" => 0, Regular => 1, _ => 2 },
        match.Path.Type == Regular ? 0 : Prefix(match.Path.Value).Length,
        match.Method is not null,
        match.Headers.Length,
        match.QueryParams.Length,
        route.Metadata.Created,
        route.Key,
        position);
}
