using PathCase = Envoy.Config.Route.V3.RouteMatch.PathSpecifierOneofCase;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>Whether a route takes a request.</summary>
internal static class RouteMatching
{
    /// <summary>
    /// True or false; null if something is asked that is not in the request, such as a client certificate.
    /// </summary>
    public static bool? Matches(EnvoyRoute.RouteMatch match, RequestHeaders headers)
    {
        var path = headers[":path"] ?? "";
        var unknown = match.RuntimeFraction is not null || match.TlsContext is not null
            || match.DynamicMetadata.Count > 0;
        if (match.Grpc is not null
            && headers["content-type"]?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
            return false;
        foreach (var part in new[] { Path(match, headers, WithoutQuery(path)) }
            .Concat(match.Headers.Select(header => StringMatching.Matches(header, headers)))
            .Concat(match.QueryParameters.Select(parameter => StringMatching.Matches(parameter, path))))
        {
            if (part == false) return false;
            unknown |= part is null;
        }

        return unknown ? null : true;
    }

    /// <summary>The path without query.</summary>
    public static string WithoutQuery(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? path : path[..end];
    }

    private static bool? Path(EnvoyRoute.RouteMatch match, RequestHeaders headers, string path)
    {
        var comparison = match.CaseSensitive == false ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return match.PathSpecifierCase switch
        {
            PathCase.Prefix => path.StartsWith(match.Prefix, comparison),
            PathCase.Path => string.Equals(path, match.Path, comparison),
            PathCase.SafeRegex => Re2Regex.IsFullMatch(match.SafeRegex.Regex, path),
            PathCase.PathSeparatedPrefix =>
                path.StartsWith(match.PathSeparatedPrefix, comparison)
                && (path.Length == match.PathSeparatedPrefix.Length || path[match.PathSeparatedPrefix.Length] == '/'),
            PathCase.ConnectMatcher => headers[":method"] == "CONNECT",
            _ => null,
        };
    }
}
