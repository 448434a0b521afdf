using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Which routes attach to which listeners of a Gateway (gateway-translation 2.3).</summary>
internal static class Attachment
{
    /// <summary>Attaches all routes that name the Gateway; the answer has those that fail, too.</summary>
    public static List<RouteState> Attach(Resource gateway, IReadOnlyList<ListenerState> listeners, CatalogView view)
    {
        var states = new List<RouteState>();
        foreach (var resource in RoutesByParent.Of(view, gateway.Key))
        {
            var state = new RouteState(resource, Specs.Of(resource));
            for (var i = 0; i < state.Spec.ParentRefs.Length; i++)
            {
                if (Names(state.Spec.ParentRefs[i], resource.Key.Namespace, gateway.Key))
                    Attach(state, i, listeners, view);
            }

            states.Add(state);
        }

        return states;
    }

    /// <summary>Whether a parentRef names the Gateway.</summary>
    public static bool Names(ParentReference parent, string ns, ResourceKey gateway) =>
        parent.Group == gateway.Group && parent.Kind == gateway.Kind && parent.Name == gateway.Name
        && (parent.Namespace ?? ns) == gateway.Namespace;

    private static void Attach(
        RouteState route, int parentRef, IReadOnlyList<ListenerState> listeners, CatalogView view)
    {
        var parent = route.Spec.ParentRefs[parentRef];
        var conditions = new Conditions(route.Resource.Metadata.Generation);
        route.Parents[parentRef] = conditions;
        bool matched = false, allowed = false, attached = false;
        foreach (var listener in listeners)
        {
            if (parent.SectionName is { } section && section != listener.Listener.Name) continue;
            if (parent.Port is { } port && port != listener.Listener.Port) continue;
            matched = true;
            if (!Allows(listener, route.Resource.Key, view)) continue;
            allowed = true;
            var hosts = Hostnames.Intersect(listener.Listener.Hostname, route.Spec.Hostnames);
            if (hosts.IsEmpty) continue;
            attached = true;
            if (listener.Routes.TrueForAll(other => other.Route != route))
                listener.Routes.Add(new AttachedRoute(route, hosts));
        }

        if (attached) conditions.Set("Accepted", true, "Accepted");
        else if (!matched)
            conditions.Set("Accepted", false, "NoMatchingParent", "no listener has this sectionName and port");
        else if (!allowed)
            conditions.Set("Accepted", false, "NotAllowedByListeners", "no listener allows this kind and namespace");
        else
            conditions.Set("Accepted", false, "NoMatchingListenerHostname", "no listener has any of the hostnames");
    }

    private static bool Allows(ListenerState listener, ResourceKey route, CatalogView view)
    {
        var namespaces = listener.Listener.AllowedRoutes.Namespaces;
        return listener.Kinds.Any(kind => kind.Group == route.Group && kind.Kind == route.Kind)
            && AllowedNamespaces.Allow(
                view, namespaces.From, namespaces.Selector, listener.Gateway.Key.Namespace, route.Namespace);
    }
}
