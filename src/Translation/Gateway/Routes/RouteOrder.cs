using Solo.Gloo;
using Matcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The order of the routes of RouteTables with equal weight: more methods first, then exact, regex, prefix, then the
/// longer and later path (gateway-translation 1.7.6).
/// </summary>
internal sealed class RouteOrder : IComparer<Matcher>
{
    private static readonly RouteOrder Instance = new();

    /// <summary>The routes, stably sorted.</summary>
    public static IEnumerable<Route> Sort(IEnumerable<Route> routes) => routes.OrderBy(Representative, Instance);

    /// <inheritdoc/>
    public int Compare(Matcher? x, Matcher? y)
    {
        var byMethods = y!.Methods.Count.CompareTo(x!.Methods.Count);
        if (byMethods != 0) return byMethods;
        var byKind = Rank(x).CompareTo(Rank(y));
        return byKind != 0 ? byKind : string.CompareOrdinal(MatcherPath.Text(y), MatcherPath.Text(x));
    }

    private static Matcher Representative(Route route)
    {
        if (route.Matchers.Count == 0) return MatcherPath.Root;
        var smallest = route.Matchers[0];
        foreach (var matcher in route.Matchers)
        {
            if (Instance.Compare(matcher, smallest) < 0) smallest = matcher;
        }

        return smallest;
    }

    private static int Rank(Matcher matcher) => matcher.PathSpecifierCase switch
    {
        Matcher.PathSpecifierOneofCase.Exact => 1,
        Matcher.PathSpecifierOneofCase.Regex => 2,
        Matcher.PathSpecifierOneofCase.Prefix => 3,
        _ => 0,
    };
}
