using System.Collections.Immutable;
using Solo.Core;
using Solo.Gloo;
using Stagedoor.Api;
using Stagedoor.Api.Core;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>
/// Backends of a rule as destinations (gateway-translation 2.7.2). One that cannot be reached keeps its share of the
/// traffic, which is answered with 500.
/// </summary>
internal static class Backends
{
    /// <summary>The action; null if there is none or none has a share.</summary>
    public static RouteAction? Of(
        RouteState route, string field, ImmutableArray<HttpBackendRef> backends, CatalogView view)
    {
        var destinations = new List<WeightedDestination>();
        for (var i = 0; i < backends.Length; i++)
        {
            var destination = Resolve(route, $"{field}.backendRefs[{i}]", backends[i], view) ?? Nowhere(backends[i]);
            destinations.Add(new WeightedDestination
            {
                Destination = destination,
                Weight = (uint)backends[i].Weight,
                Options = RouteFilters.OfBackend(route, $"{field}.backendRefs[{i}]", backends[i].Filters),
            });
        }

        if (destinations.TrueForAll(destination => destination.Weight == 0)) return null;
        if (destinations is [{ Options: null } only]) return new RouteAction { Single = only.Destination };
        return new RouteAction { Multi = new MultiDestination { Destinations = { destinations } } };
    }

    /// <summary>The destination that a reference names; null if it cannot be used, which is noted.</summary>
    public static Destination? Resolve(
        RouteState route, string field, BackendObjectReference backend, CatalogView view)
    {
        var from = route.Resource.Key;
        var key = new ResourceKey(backend.Group, backend.Kind, backend.Namespace ?? from.Namespace, backend.Name);
        var isService = key.Is(ResourceKinds.Service);
        if (!isService && !key.Is(ResourceKinds.Upstream))
        {
            return Refuse(
                route, "InvalidKind", field,
                $"a backend of kind {new ResourceKind(key.Group, "", key.Kind)} is not supported");
        }

        if (!ReferenceGrants.Allow(view, from, key))
            return Refuse(route, "RefNotPermitted", field, $"no ReferenceGrant permits the reference to {key}");
        if (isService && backend.Port is null)
            return Refuse(route, "UnsupportedValue", field, $"{key} is a Service: the port is needed");
        if (view.Find(key) is not { } found) return Refuse(route, "BackendNotFound", field, $"{key} does not exist");
        if (!isService)
            return new Destination { Upstream = new ResourceRef { Name = key.Name, Namespace = key.Namespace } };
        if (found.As<Service>().Ports.All(port => port.Port != backend.Port))
            return Refuse(route, "BackendNotFound", field, $"{key} has no port {backend.Port}");
        return Kube(key.Name, key.Namespace, backend.Port!.Value);
    }

    private static Destination? Refuse(RouteState route, string reason, string field, string message)
    {
        route.Problem("ResolvedRefs", reason, field, message);
        return null;
    }

    // Envoy answers 500 for a cluster that does not exist.
    private static Destination Nowhere(HttpBackendRef backend) =>
        Kube("blackhole_cluster", "blackhole_ns", backend.Port ?? 0);

    private static Destination Kube(string name, string ns, int port) => new()
    {
        Kube = new KubernetesServiceDestination
        {
            Ref = new ResourceRef { Name = name, Namespace = ns },
            Port = (uint)port,
        },
    };
}
