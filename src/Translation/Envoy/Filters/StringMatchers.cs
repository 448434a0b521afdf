using GlooMatcher = Solo.Envoy.Type.Matcher.V3.StringMatcher;
using PatternCase = Solo.Envoy.Type.Matcher.V3.StringMatcher.MatchPatternOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>Matchers of strings.</summary>
internal static class StringMatchers
{
    /// <summary>A copy, its regular expression checked; null if it matches by nothing.</summary>
    public static EnvoyMatcher.StringMatcher? Of(GlooMatcher input, uint maxProgramSize, List<Problem> problems)
    {
        switch (input.MatchPatternCase)
        {
            case PatternCase.Exact:
                return new EnvoyMatcher.StringMatcher { Exact = input.Exact, IgnoreCase = input.IgnoreCase };
            case PatternCase.Prefix:
                return new EnvoyMatcher.StringMatcher { Prefix = input.Prefix, IgnoreCase = input.IgnoreCase };
            case PatternCase.Suffix:
                return new EnvoyMatcher.StringMatcher { Suffix = input.Suffix, IgnoreCase = input.IgnoreCase };
            case PatternCase.SafeRegex:
                return Regex(input.SafeRegex.Regex, maxProgramSize, problems);
            default:
                return null;
        }
    }

    /// <summary>Of a regular expression.</summary>
    public static EnvoyMatcher.StringMatcher Regex(string regex, uint maxProgramSize, List<Problem> problems) =>
        new() { SafeRegex = RouteMatchers.Regex(regex, maxProgramSize, problems) };

    /// <summary>A list of exact texts; null if there are none, for Envoy refuses an empty list.</summary>
    public static EnvoyMatcher.ListStringMatcher? Exact(IEnumerable<string> texts)
    {
        var list = new EnvoyMatcher.ListStringMatcher();
        foreach (var text in texts) list.Patterns.Add(new EnvoyMatcher.StringMatcher { Exact = text });
        return list.Patterns.Count == 0 ? null : list;
    }
}
