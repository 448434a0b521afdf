using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>What the translation of one Gateway says, in the Gateway API's own terms.</summary>
/// <param name="Gateway">Which Gateway.</param>
/// <param name="Status">Its status.</param>
/// <param name="Routes">What is said of each route that names it as a parent.</param>
public sealed record KubeStatus(
    ResourceKey Gateway, GatewayStatus Status, ImmutableArray<(ResourceKey Route, RouteParentStatus Parent)> Routes);
