using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// One destination of a route. What belongs to a single destination stands on the route, else on each cluster weight
/// (envoy-translation 8).
/// </summary>
internal sealed class DestinationScope(
    RouteScope route, GlooV1.Destination input, GlooV1.WeightedDestinationOptions? options,
    UpstreamState upstream, MapField<string, Any> perFilter)
{
    private static readonly GlooV1.WeightedDestinationOptions None = new();

    /// <summary>The route.</summary>
    public RouteScope Route { get; } = route;

    /// <summary>The destination.</summary>
    public GlooV1.Destination Input { get; } = input;

    /// <summary>Options of a weighted destination; empty for a single one.</summary>
    public GlooV1.WeightedDestinationOptions Options { get; } = options ?? None;

    /// <summary>The Upstream that it names, existing or not.</summary>
    public UpstreamState Upstream { get; } = upstream;

    /// <summary>Whether it is one of several.</summary>
    public bool IsWeighted => !ReferenceEquals(perFilter, Route.Output.TypedPerFilterConfig);

    /// <summary>What is wrong with the route.</summary>
    public List<Problem> Problems => Route.Problems;

    /// <summary>An error: the route answers 500 instead.</summary>
    public void Error(string reason) => Route.Error(reason);

    /// <summary>Takes requests to this destination past a filter, if other routes have it.</summary>
    public void Disable(string filter) =>
        perFilter[filter] = AnyTypes.Pack(new EnvoyRoute.FilterConfig { Disabled = true });

    /// <summary>Configures a filter for requests to this destination.</summary>
    public void Configure(string filter, IMessage config)
    {
        perFilter[filter] = AnyTypes.Pack(config);
        Route.Host.Filters.Add(filter);
    }
}
