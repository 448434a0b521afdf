using Solo.Gloo;
using Edge = Solo.Gateway;
using Matcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Gateway;

/// <summary>One route being visited: as written, and as merged with its options and its parent.</summary>
/// <param name="Route">As written.</param>
/// <param name="Index">Its position in its container.</param>
/// <param name="Container">VirtualService or RouteTable that holds it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Matchers">With what they inherit.</param>
/// <param name="Options">With what they inherit.</param>
internal sealed record RouteStep(
    Edge.Route Route,
    int Index,
    RouteContainer Container,
    RouteName Name,
    IReadOnlyList<Matcher> Matchers,
    RouteOptions? Options)
{
    /// <summary>Effective <c>inheritableMatchers</c>.</summary>
    public bool InheritsMatchers { get; init; }

    /// <summary>Effective <c>inheritablePathMatchers</c>.</summary>
    public bool InheritsPath { get; init; }

    /// <summary>Path of the route within the object.</summary>
    public string Field => $"{Container.Field}[{Index}]";
}
