using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>A route at a listener.</summary>
/// <param name="Route">The route with what is said of it.</param>
/// <param name="Hosts">The hosts that it serves there.</param>
internal sealed record AttachedRoute(RouteState Route, ImmutableArray<string> Hosts);

/// <summary>A route while it is translated for one Gateway.</summary>
internal sealed class RouteState(Resource resource, HttpRouteSpec spec)
{
    /// <summary>The route.</summary>
    public Resource Resource { get; } = resource;

    /// <summary>What it asks for, as an HTTPRoute.</summary>
    public HttpRouteSpec Spec { get; } = spec;

    /// <summary>What is said of it, by the parentRef's place in it.</summary>
    public SortedDictionary<int, Conditions> Parents { get; } = [];

    /// <summary>What is wrong with references and features, each once.</summary>
    public List<RouteProblem> Problems { get; } = [];

    /// <summary>Notes a problem.</summary>
    public void Problem(string type, string reason, string field, string message)
    {
        var problem = new RouteProblem(type, reason, field, message);
        if (!Problems.Contains(problem)) Problems.Add(problem);
    }
}

/// <summary>Something that is wrong with a route, at all its parents.</summary>
/// <param name="Type">Type of the condition; empty if it makes none.</param>
/// <param name="Reason">Reason of the condition.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Message">In words.</param>
internal sealed record RouteProblem(string Type, string Reason, string Field, string Message);
