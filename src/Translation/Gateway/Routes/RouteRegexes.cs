using Solo.Gloo;
using Matcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Gateway;

/// <summary>The regular expressions of a route that RE2 must accept (gateway-translation 1.8).</summary>
internal static class RouteRegexes
{
    /// <summary>The first error of a matcher's path, headers or query parameters; null if there is none.</summary>
    public static string? Of(Matcher matcher)
    {
        if (matcher.PathSpecifierCase == Matcher.PathSpecifierOneofCase.Regex
            && Describe(matcher.Regex) is { } inPath)
            return inPath;
        foreach (var header in matcher.Headers)
        {
            if (header is { Regex: true, Value.Length: > 0 } && Describe(header.Value) is { } inHeader)
                return $"header {Shorten.Text(header.Name)}: {inHeader}";
        }

        foreach (var parameter in matcher.QueryParameters)
        {
            if (parameter is { Regex: true, Value.Length: > 0 } && Describe(parameter.Value) is { } inParameter)
                return $"query parameter {Shorten.Text(parameter.Name)}: {inParameter}";
        }

        return null;
    }

    /// <summary>The first error of the rewrites among the options; null if there is none.</summary>
    public static string? Of(RouteOptions? options)
    {
        if (options is null) return null;
        if (options.HostRewritePathRegex?.Pattern is { } host && Describe(host.Regex) is { } inHost)
            return $"hostRewritePathRegex: {inHost}";
        return options.RegexRewrite?.Pattern is { } path && Describe(path.Regex) is { } inPath
            ? $"regexRewrite: {inPath}"
            : null;
    }

    private static string? Describe(string regex) =>
        Re2Syntax.Check(regex) is { } error ? $"invalid regular expression \"{Shorten.Text(regex)}\": {error}" : null;
}
