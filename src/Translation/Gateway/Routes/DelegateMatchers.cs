using Solo.Gloo.Core.Matchers;

namespace Stagedoor.Translation.Gateway;

/// <summary>The one matcher of a delegating route (gateway-translation 1.7.5, step 1).</summary>
internal static class DelegateMatchers
{
    /// <summary>
    /// The matcher that the RouteTables' routes are under. A matcher without a path becomes the bare prefix <c>/</c>:
    /// its headers, methods and query parameters do not count.
    /// </summary>
    public static Matcher? Of(IReadOnlyList<Matcher> matchers, out string error)
    {
        error = "";
        if (matchers.Count == 0) return MatcherPath.Root;
        if (matchers.Count > 1)
        {
            error = $"a delegating route must omit its matcher or specify a single matcher, not {matchers.Count}";
            return null;
        }

        var matcher = matchers[0];
        switch (matcher.PathSpecifierCase)
        {
            case Matcher.PathSpecifierOneofCase.None:
                return MatcherPath.Root;
            case Matcher.PathSpecifierOneofCase.Prefix when matcher.Prefix.Length > 0:
                return matcher;
            default:
                error = $"a delegating route must use a prefix matcher, not {MatcherPath.Describe(matcher)}";
                return null;
        }
    }
}
