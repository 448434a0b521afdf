using Solo.Gloo;
using Matcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Warns of routes that an earlier route of the virtual host keeps requests from (gateway-translation 1.8;
/// <c>gateway.validation.warnRouteShortCircuiting</c>).
/// </summary>
internal sealed class ShortCircuits
{
    /// <summary>Every pair of matchers is compared, so only so many are looked at.</summary>
    private const int MaxMatchers = 1_000;

    private const string Field = "spec.virtualHost.routes";

    private readonly RouteReport _report;
    private readonly ImpliedConditions _implied = new();
    private readonly HashSet<Matcher> _seen = [];
    private readonly List<Matcher> _prefixes = [];
    private readonly List<Matcher> _regexes = [];

    private ShortCircuits(RouteReport report) => _report = report;

    /// <summary>Checks the routes in their final order.</summary>
    public static void Warn(List<Route> routes, RouteReport report)
    {
        var checks = new ShortCircuits(report);
        foreach (var matcher in routes.SelectMany(route => route.Matchers).Take(MaxMatchers)) checks.Check(matcher);
    }

    private void Check(Matcher late)
    {
        if (!_seen.Add(late))
        {
            _report.Warning(
                GatewayCodes.ShadowedMatcher, Field,
                $"conflicting matcher: {MatcherPath.Describe(late)} with the same conditions stands twice");
        }

        var path = MatcherPath.Text(late);
        foreach (var early in _prefixes)
        {
            // Not set means case-sensitive.
            if (path.StartsWith(early.Prefix, StringComparison.Ordinal)
                && (early.CaseSensitive ?? true) == (late.CaseSensitive ?? true) && !early.Equals(late)
                && _implied.Cover(early, late))
            {
                _report.Warning(
                    GatewayCodes.ShadowedByPrefix, Field,
                    $"unordered prefix: {MatcherPath.Describe(late)} stands behind {MatcherPath.Describe(early)}");
            }
        }

        if (late.PathSpecifierCase != Matcher.PathSpecifierOneofCase.Regex && late.CaseSensitive != true)
            CheckRegexes(late, path);
        if (late.PathSpecifierCase == Matcher.PathSpecifierOneofCase.Prefix && late.Prefix.Length > 0)
            _prefixes.Add(late);
        if (late.PathSpecifierCase == Matcher.PathSpecifierOneofCase.Regex) _regexes.Add(late);
    }

    private void CheckRegexes(Matcher late, string path)
    {
        foreach (var early in _regexes)
        {
            if (!_implied.Finds(early.Regex, path) || !_implied.Cover(early, late)) continue;
            _report.Warning(
                GatewayCodes.ShadowedByRegex, Field,
                $"unordered regex: {MatcherPath.Describe(late)} stands behind {MatcherPath.Describe(early)}");
        }
    }
}
