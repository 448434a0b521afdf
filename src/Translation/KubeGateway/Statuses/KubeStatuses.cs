using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>The statuses of objects of the Gateway API: a function of the present inputs alone.</summary>
public static class KubeStatuses
{
    /// <summary>All statuses that are ours to write, ordered by key.</summary>
    /// <param name="view">The inputs.</param>
    /// <param name="gateways">What the translation of each Gateway says.</param>
    public static IEnumerable<(ResourceKey Resource, ApiObject Status)> All(
        CatalogView view, IEnumerable<KubeStatus> gateways)
    {
        ArgumentNullException.ThrowIfNull(view);
        var statuses = new SortedDictionary<ResourceKey, ApiObject>();
        foreach (var (key, found) in view.OfKind(GatewayApiKinds.GatewayClass))
            if (GatewayClasses.IsOurs(found)) statuses[key] = OfClass(found);
        var routes = new SortedDictionary<ResourceKey, List<RouteParentStatus>>();
        foreach (var gateway in gateways.OrderBy(gateway => gateway.Gateway))
        {
            statuses[gateway.Gateway] = gateway.Status;
            foreach (var (route, parent) in gateway.Routes)
            {
                if (!routes.TryGetValue(route, out var parents)) routes[route] = parents = [];
                parents.Add(parent);
            }
        }

        foreach (var (route, parents) in routes) statuses[route] = new RouteStatus { Parents = [.. parents] };
        return statuses.Select(pair => (pair.Key, pair.Value));
    }

    private static GatewayClassStatus OfClass(Resource gatewayClass)
    {
        var conditions = new Conditions(gatewayClass.Metadata.Generation);
        conditions.Set("Accepted", true, "Accepted");
        conditions.Set("SupportedVersion", true, "SupportedVersion");
        return new GatewayClassStatus { Conditions = conditions.All };
    }

    /// <summary>The status of a Gateway.</summary>
    internal static GatewayStatus OfGateway(Resource gateway, IReadOnlyList<ListenerState> listeners)
    {
        var conditions = new Conditions(gateway.Metadata.Generation);
        var valid = listeners.Count(listener => listener.IsValid);
        const string reason = "ListenersNotValid";
        if (valid == listeners.Count) conditions.Set("Accepted", true, "Accepted");
        else conditions.Set("Accepted", valid > 0, reason, $"{listeners.Count - valid} of {listeners.Count} listeners");
        if (valid > 0) conditions.Set("Programmed", true, "Programmed");
        else conditions.Set("Programmed", false, "Invalid", "no listener can be served");
        return new GatewayStatus
        {
            Conditions = conditions.All,
            Listeners =
            [
                .. listeners.Select(listener => new ListenerStatus
                {
                    Name = listener.Listener.Name,
                    SupportedKinds = listener.Kinds,
                    AttachedRoutes = listener.Routes.Count,
                    Conditions = listener.Conditions.All,
                }),
            ],
        };
    }

    /// <summary>What is said of a route and each of its parents.</summary>
    internal static IEnumerable<(ResourceKey Route, RouteParentStatus Parent)> OfRoute(RouteState route)
    {
        foreach (var (index, conditions) in route.Parents)
        {
            foreach (var problem in route.Problems.Where(problem => problem.Type.Length > 0))
                conditions.Replace(problem.Type, false, problem.Reason, problem.Message);
            conditions.Set("Accepted", true, "Accepted");
            conditions.Set("ResolvedRefs", true, "ResolvedRefs");
            yield return (route.Resource.Key, new RouteParentStatus
            {
                ParentRef = route.Spec.ParentRefs[index],
                ControllerName = GatewayClasses.Controller,
                Conditions = conditions.All,
            });
        }
    }
}
