using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>The routes that name a Gateway as their parent; sorted once for each set of routes.</summary>
internal static class RoutesByParent
{
    private static readonly ConditionalWeakTable<object, Dictionary<ResourceKey, List<Resource>>> Known = [];

    /// <summary>HTTPRoutes and GRPCRoutes of a Gateway, by age, then by name.</summary>
    public static IEnumerable<Resource> Of(CatalogView view, ResourceKey gateway) =>
        new[] { GatewayApiKinds.HttpRoute, GatewayApiKinds.GrpcRoute }
            .SelectMany(kind => Of(view.OfKind(kind)).GetValueOrDefault(gateway, []))
            .OrderBy(route => route.Metadata.Created)
            .ThenBy(route => route.Key.Namespace, StringComparer.Ordinal)
            .ThenBy(route => route.Key.Name, StringComparer.Ordinal);

    private static Dictionary<ResourceKey, List<Resource>> Of(
        ImmutableSortedDictionary<ResourceKey, Resource> routes) =>
        routes.IsEmpty
            ? []
            : Known.GetValue(routes, static key => Group((ImmutableSortedDictionary<ResourceKey, Resource>)key));

    private static Dictionary<ResourceKey, List<Resource>> Group(
        ImmutableSortedDictionary<ResourceKey, Resource> routes)
    {
        var byParent = new Dictionary<ResourceKey, List<Resource>>();
        foreach (var route in routes.Values)
        {
            foreach (var parent in Specs.Of(route).ParentRefs
                .Select(parent => new ResourceKey(
                    parent.Group, parent.Kind, parent.Namespace ?? route.Key.Namespace, parent.Name))
                .Distinct())
            {
                if (!byParent.TryGetValue(parent, out var list)) byParent[parent] = list = [];
                list.Add(route);
            }
        }

        return byParent;
    }
}
