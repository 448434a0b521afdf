using EnvoyCase = Envoy.Type.Matcher.V3.StringMatcher.MatchPatternOneofCase;
using StringMatcher = Envoy.Type.Matcher.V3.StringMatcher;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>Envoy's matchers of strings, headers and query parameters; null where this check cannot tell.</summary>
internal static class StringMatching
{
    /// <summary>Whether a StringMatcher takes a text.</summary>
    public static bool? Matches(StringMatcher matcher, string text)
    {
        var comparison = matcher.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return matcher.MatchPatternCase switch
        {
            EnvoyCase.Exact => string.Equals(text, matcher.Exact, comparison),
            EnvoyCase.Prefix => text.StartsWith(matcher.Prefix, comparison),
            EnvoyCase.Suffix => text.EndsWith(matcher.Suffix, comparison),
            EnvoyCase.Contains => text.Contains(matcher.Contains, comparison),
            EnvoyCase.SafeRegex => Re2Regex.IsFullMatch(matcher.SafeRegex.Regex, text),
            _ => null,
        };
    }

    /// <summary>
    /// Whether a HeaderMatcher takes a request: one of several values is enough (in 1.40; before,
    /// values were joined by commas). A header that is missing never matches, inverted or not, unless its
    /// presence is what is asked for or it is to be treated as empty.
    /// </summary>
    public static bool? Matches(EnvoyRoute.HeaderMatcher matcher, RequestHeaders headers)
    {
        var value = headers[matcher.Name];
        if (matcher.HeaderMatchSpecifierCase
            is EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.PresentMatch
            or EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.None)
        {
            var wanted = matcher.HeaderMatchSpecifierCase
                == EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.None || matcher.PresentMatch;
            return (value is not null == wanted) != matcher.InvertMatch;
        }

        if (value is null && !matcher.TreatMissingHeaderAsEmpty) return false;
        var taken = (value is null ? [""] : headers.Values(matcher.Name))
            .Select(one => Specific(matcher, one))
            .ToList();
        return taken.Contains(null) ? null : taken.Contains(true) != matcher.InvertMatch;
    }

    /// <summary>Whether a QueryParameterMatcher takes the first parameter of its name; nothing is decoded.</summary>
    public static bool? Matches(EnvoyRoute.QueryParameterMatcher matcher, string path)
    {
        var value = FirstParameter(path, matcher.Name);
        return matcher.QueryParameterMatchSpecifierCase switch
        {
            EnvoyRoute.QueryParameterMatcher.QueryParameterMatchSpecifierOneofCase.StringMatch =>
                value is null ? false : Matches(matcher.StringMatch, value),
            EnvoyRoute.QueryParameterMatcher.QueryParameterMatchSpecifierOneofCase.PresentMatch =>
                value is not null == matcher.PresentMatch,
            _ => value is not null,
        };
    }

    private static bool? Specific(EnvoyRoute.HeaderMatcher matcher, string value) =>
        matcher.HeaderMatchSpecifierCase switch
        {
#pragma warning disable CS0612 // Deprecated, and what the translation writes.
            EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.ExactMatch => value == matcher.ExactMatch,
            EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.SafeRegexMatch =>
                Re2Regex.IsFullMatch(matcher.SafeRegexMatch.Regex, value),
            EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.PrefixMatch =>
                value.StartsWith(matcher.PrefixMatch, StringComparison.Ordinal),
            EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.SuffixMatch =>
                value.EndsWith(matcher.SuffixMatch, StringComparison.Ordinal),
            EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.ContainsMatch =>
                value.Contains(matcher.ContainsMatch, StringComparison.Ordinal),
#pragma warning restore CS0612
            EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.StringMatch => Matches(matcher.StringMatch, value),
            EnvoyRoute.HeaderMatcher.HeaderMatchSpecifierOneofCase.RangeMatch =>
                long.TryParse(value, out var number)
                && number >= matcher.RangeMatch.Start && number < matcher.RangeMatch.End,
            _ => null,
        };

    private static string? FirstParameter(string path, string name)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return null;
        foreach (var pair in path[(query + 1)..].Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if ((equals < 0 ? pair : pair[..equals]) == name) return equals < 0 ? "" : pair[(equals + 1)..];
        }

        return null;
    }
}
