using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>One match of a route, with what decides its place among those of a host.</summary>
/// <param name="Route">The Proxy's route.</param>
/// <param name="Rank">Its precedence.</param>
internal sealed record RankedRoute(Route Route, RouteRank Rank);

/// <summary>
/// The precedence of a match (HTTPRouteRule.matches): exact paths, then regular expressions, then prefixes; the longer
/// path; a method; more headers; more query parameters; the older route; its name; its place in the route.
/// </summary>
internal readonly record struct RouteRank(
    int PathKind, int PathLength, bool HasMethod, int Headers, int QueryParams, DateTimeOffset Created,
    ResourceKey Source, int Position)
    : IComparable<RouteRank>
{
    /// <summary>Less is tried earlier.</summary>
    public int CompareTo(RouteRank other)
    {
        var order = PathKind.CompareTo(other.PathKind);
        if (order == 0) order = other.PathLength.CompareTo(PathLength);
        if (order == 0) order = other.HasMethod.CompareTo(HasMethod);
        if (order == 0) order = other.Headers.CompareTo(Headers);
        if (order == 0) order = other.QueryParams.CompareTo(QueryParams);
        if (order == 0) order = Created.CompareTo(other.Created);
        if (order == 0) order = string.CompareOrdinal(Source.Namespace, other.Source.Namespace);
        if (order == 0) order = string.CompareOrdinal(Source.Name, other.Source.Name);
        return order == 0 ? Position.CompareTo(other.Position) : order;
    }
}
