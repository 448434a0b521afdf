using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Api;
using ActionCase = Solo.Gloo.Route.ActionOneofCase;
using ClusterWeight = Envoy.Config.Route.V3.WeightedCluster.Types.ClusterWeight;
using DestinationCase = Solo.Gloo.RouteAction.DestinationOneofCase;
using NotFoundCode = Envoy.Config.Route.V3.RouteAction.Types.ClusterNotFoundResponseCode;

namespace Stagedoor.Translation.Envoy;

/// <summary>Where a route leads (envoy-translation 4.5).</summary>
internal static class RouteActions
{
    private static readonly string HandledOfWeighted = "headerManipulation " + HttpFeatures.WeightedFields;

    public static void Apply(RouteScope route)
    {
        switch (route.Input.ActionCase)
        {
            case ActionCase.RouteAction:
                route.Output.Route_ = new EnvoyRoute.RouteAction
                {
                    ClusterNotFoundResponseCode = route.Host.Http.IsKube
                        ? NotFoundCode.InternalServerError
                        : NotFoundCode.ServiceUnavailable,
                };
                Route(route, route.Input.RouteAction, route.Output.Route_);
                break;
            case ActionCase.RedirectAction:
                Redirects.Apply(route, route.Input.RedirectAction);
                break;
            case ActionCase.DirectResponseAction:
                DirectResponses.Apply(route, route.Input.DirectResponseAction, route.Host.Http.MaxDirectResponseBody);
                break;
            default:
                route.Error("no action specified", EnvoyCodes.InvalidAction);
                break;
        }
    }

    private static void Route(RouteScope route, GlooV1.RouteAction input, EnvoyRoute.RouteAction output)
    {
        switch (input.DestinationCase)
        {
            case DestinationCase.Single:
                output.Cluster = Cluster(route, input.Single);
                output.MetadataMatch = Subset(route, input.Single);
                Destination(route, input.Single, null, route.Output.TypedPerFilterConfig);
                break;
            case DestinationCase.Multi:
                output.WeightedClusters = Weighted(route, input.Multi.Destinations, "");
                break;
            case DestinationCase.UpstreamGroup:
                Group(route, input.UpstreamGroup, output);
                break;
            case DestinationCase.ClusterHeader:
                if (!HeaderChecks.IsToken(input.ClusterHeader))
                    route.Error("clusterHeader must be the name of a header", EnvoyCodes.InvalidAction);
                output.ClusterHeader = input.ClusterHeader;
                break;
            case DestinationCase.DynamicForwardProxy:
                output.Cluster = DynamicForwardProxy.ClusterOf(route);
                break;
            default:
                route.Error("no destination specified", EnvoyCodes.InvalidAction);
                break;
        }
    }

    private static void Group(RouteScope route, Solo.Core.ResourceRef reference, EnvoyRoute.RouteAction output)
    {
        var group = route.Host.View.Find<GlooV1.UpstreamGroup>(
            ResourceKinds.UpstreamGroup, reference.Namespace, reference.Name);
        if (group is null)
        {
            route.Error(
                $"upstream group not found, (Name: {reference.Name}, Namespace: {reference.Namespace})",
                EnvoyCodes.UpstreamGroup);
            return;
        }

        output.WeightedClusters = Weighted(route, group.Destinations, reference.Namespace);
    }

    // Members of a group without a namespace are in the group's.
    private static EnvoyRoute.WeightedCluster Weighted(
        RouteScope route, RepeatedField<GlooV1.WeightedDestination> destinations, string defaultNamespace)
    {
        var output = new EnvoyRoute.WeightedCluster();
        var total = 0UL;
        foreach (var weighted in destinations)
        {
            var destination = weighted.Destination;
            if (destination?.Upstream is { Namespace.Length: 0 } && defaultNamespace.Length > 0)
            {
                destination = destination.Clone();
                destination.Upstream.Namespace = defaultNamespace;
            }

            var cluster = new ClusterWeight
            {
                Name = Cluster(route, destination),
                Weight = weighted.Weight ?? 0,
                MetadataMatch = Subset(route, destination),
            };
            OptionGuard.Check(weighted.Options, HandledOfWeighted, route.Problems);
            HeaderManipulation.Apply(
                weighted.Options?.HeaderManipulation, cluster.RequestHeadersToAdd, cluster.RequestHeadersToRemove,
                cluster.ResponseHeadersToAdd, cluster.ResponseHeadersToRemove, route.Host.View, route.Problems);
            Destination(route, destination, weighted.Options, cluster.TypedPerFilterConfig);
            total += weighted.Weight ?? 0;
            output.Clusters.Add(cluster);
        }

        if (destinations.Count == 0) route.Error("there must be at least one destination", EnvoyCodes.InvalidAction);
        else if (total == 0) route.Error("the sum of the weights must be greater than 0", EnvoyCodes.InvalidAction);
        else if (total > uint.MaxValue)
            route.Error($"the sum of the weights must be at most {uint.MaxValue}", EnvoyCodes.InvalidAction);
        else output.TotalWeight = (uint)total;
        return output;
    }

    private static void Destination(
        RouteScope route, GlooV1.Destination? destination, GlooV1.WeightedDestinationOptions? options,
        MapField<string, Any> perFilter)
    {
        if (destination is not null && Destinations.UpstreamOf(destination) is { } key)
            route.Destinations.Add(
                new DestinationScope(route, destination, options, route.Host.Upstream(key), perFilter));
    }

    private static string Cluster(RouteScope route, GlooV1.Destination? destination)
    {
        if (Destinations.UpstreamOf(destination) is not { } key)
        {
            route.Error("a destination names no Upstream", EnvoyCodes.InvalidAction);
            return "";
        }

        var upstream = route.Host.Upstream(key);
        if (!upstream.Exists)
            route.Warn($"*v1.Upstream {{ {key.Namespace}.{key.Name} }} not found", EnvoyCodes.UpstreamNotFound);
        else if (!upstream.IsServed)
            route.Warn(
                $"*v1.Upstream {{ {key.Namespace}.{key.Name} }} is invalid and not served", EnvoyCodes.UpstreamInvalid);
        return EnvoyNames.Cluster(key);
    }

    private static EnvoyCore.Metadata? Subset(RouteScope route, GlooV1.Destination? destination)
    {
        if (destination?.Subset is not { Values.Count: > 0 } subset || Destinations.UpstreamOf(
                destination) is not { } key)
            return null;
        if (route.Host.Upstream(key).Upstream is not { } upstream) return null;
        if (Subsets.Of(upstream) is not { } spec)
            route.Warn("route has a subset config, but the upstream does not");
        else if (!spec.Selectors.Any(selector => subset.Values.Keys.ToHashSet().SetEquals(selector.Keys)))
            route.Error("route has a subset config, but none of the upstream's selectors has its keys");
        var values = new Struct();
        foreach (var (name, value) in subset.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            values.Fields.Add(name, Value.ForString(value));
        return new EnvoyCore.Metadata { FilterMetadata = { ["envoy.lb"] = values } };
    }
}
