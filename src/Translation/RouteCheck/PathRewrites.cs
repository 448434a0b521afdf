using Envoy.Type.Matcher.V3;
using PathCase = Envoy.Config.Route.V3.RouteMatch.PathSpecifierOneofCase;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>Rewrites of paths and hosts.</summary>
internal static class PathRewrites
{
    /// <summary>The path with what the route matched replaced; the query stays.</summary>
    public static string Prefix(EnvoyRoute.RouteMatch match, string path, string rewrite) =>
        rewrite + path[Matched(match, path)..];

    /// <summary>The path, without its query, with all matches replaced; null if this check cannot tell.</summary>
    public static string? Regex(RegexMatchAndSubstitute rewrite, string path)
    {
        var own = RouteMatching.WithoutQuery(path);
        var replaced = Re2Regex.ReplaceAll(rewrite.Pattern.Regex, own, rewrite.Substitution);
        return replaced is null ? null : replaced + path[own.Length..];
    }

    /// <summary>The address that a redirect leads to.</summary>
    public static string Location(EnvoyRoute.RedirectAction redirect, string scheme, string host, string path)
    {
        var newScheme = redirect.SchemeRedirect.Length > 0 ? redirect.SchemeRedirect
            : redirect.HttpsRedirect ? "https" : scheme;
        var port = redirect.PortRedirect > 0 ? $":{redirect.PortRedirect}" : "";
        var newHost = redirect.HostRedirect.Length > 0 ? redirect.HostRedirect : Host(host, scheme, newScheme, port);
        var newPath = path;
        var hasOwnQuery = false;
        if (redirect.PathRedirect.Length > 0)
        {
            hasOwnQuery = redirect.PathRedirect.Contains('?', StringComparison.Ordinal);
            var query = path.IndexOf('?', StringComparison.Ordinal);
            newPath = hasOwnQuery || query < 0 ? redirect.PathRedirect : redirect.PathRedirect + path[query..];
        }

        if (redirect.StripQuery && !hasOwnQuery) newPath = newPath.Split('?')[0];
        return $"{newScheme}://{newHost}{port}{newPath}";
    }

    private static int Matched(EnvoyRoute.RouteMatch match, string path) => match.PathSpecifierCase switch
    {
        PathCase.Prefix => match.Prefix.Length,
        PathCase.PathSeparatedPrefix => match.PathSeparatedPrefix.Length,
        _ => RouteMatching.WithoutQuery(path).Length,
    };

    /// <summary>A port goes when another takes its place, or when it was the default of another scheme.</summary>
    private static string Host(string host, string scheme, string newScheme, string newPort)
    {
        var colon = host.LastIndexOf(':');
        if (colon < 0 || host.EndsWith(']')) return host;
        var port = host[colon..];
        var isDefault = newScheme != scheme && port == (scheme == "https" ? ":443" : ":80");
        return newPort.Length > 0 || isDefault ? host[..colon] : host;
    }
}
