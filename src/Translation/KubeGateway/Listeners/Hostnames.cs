using System.Collections.Immutable;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Hostnames of listeners and routes (gateway-translation 2.3); a wildcard stands for labels.</summary>
internal static class Hostnames
{
    /// <summary>Every host.</summary>
    public const string Any = "*";

    /// <summary>The hosts for which a route serves on a listener; empty if they have none in common.</summary>
    /// <param name="listener">The listener's hostname; null for all.</param>
    /// <param name="route">The route's; none for all.</param>
    public static ImmutableArray<string> Intersect(string? listener, ImmutableArray<string> route)
    {
        if (route.IsEmpty) return [listener ?? Any];
        if (listener is null) return [.. route.Distinct(StringComparer.Ordinal)];
        return
        [
            .. route.Select(host => Intersect(listener, host)).OfType<string>().Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether <paramref name="wide"/> stands for all that <paramref name="narrow"/> does.</summary>
    public static bool Covers(string wide, string narrow)
    {
        if (wide == Any || wide == narrow) return true;
        return wide.StartsWith("*.", StringComparison.Ordinal)
            && narrow.EndsWith(wide[1..], StringComparison.Ordinal)
            && narrow.Length > wide.Length - 1;
    }

    private static string? Intersect(string listener, string route)
    {
        if (Covers(listener, route)) return route;
        return Covers(route, listener) ? listener : null;
    }
}
