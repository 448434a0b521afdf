using Solo.Gloo;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Makes the Proxy's route of a visited one. A route that cannot be served as written answers with an error, so that
/// its requests do not fall to a later route (rule I4).
/// </summary>
internal sealed class RouteEmitter(InvalidRouteResponse invalid, RouteReport report)
{
    /// <summary>Whether a route got a name.</summary>
    public bool AnyNamed { get; private set; }

    /// <summary>The route; null if none of its matchers can be used.</summary>
    public Route? Emit(RouteStep step)
    {
        if (step.Route.ActionCase == Edge.Route.ActionOneofCase.None)
        {
            report.Error(step.Container, GatewayCodes.NoAction, step.Field, "the route must specify an action");
            return Replace(step);
        }

        if (Skeleton(step) is not { } route) return null;
        switch (step.Route.ActionCase)
        {
            case Edge.Route.ActionOneofCase.RouteAction:
                if (RewritesAreValid(step))
                {
                    route.RouteAction =
                        UpstreamNamespaces.Complete(step.Route.RouteAction, step.Container.Resource.Key.Namespace);
                }
                else
                {
                    route.DirectResponseAction = Answer();
                    return route;
                }

                break;
            case Edge.Route.ActionOneofCase.RedirectAction:
                route.RedirectAction = step.Route.RedirectAction;
                RewritesAreValid(step);
                break;
            default:
                route.DirectResponseAction = step.Route.DirectResponseAction;
                RewritesAreValid(step);
                break;
        }

        route.Options = step.Options;
        return route;
    }

    /// <summary>In place of a route that cannot be served: same matchers, an error as answer.</summary>
    public Route? Replace(RouteStep step)
    {
        var route = Skeleton(step);
        if (route is not null) route.DirectResponseAction = Answer();
        return route;
    }

    private DirectResponseAction Answer() => new() { Status = invalid.Status, Body = invalid.Body };

    private Route? Skeleton(RouteStep step)
    {
        var route = new Route { Name = step.Name.ToString(), MetadataStatic = step.Container.Sources };
        AnyNamed |= route.Name.Length > 0;
        if (step.Matchers.Count == 0)
        {
            route.Matchers.Add(MatcherPath.Root);
            return route;
        }

        foreach (var matcher in step.Matchers)
        {
            if (RouteRegexes.Of(matcher) is { } error)
                report.Error(step.Container, GatewayCodes.BadRegex, $"{step.Field}.matchers", error);
            else
                route.Matchers.Add(matcher);
        }

        return route.Matchers.Count > 0 ? route : null;
    }

    private bool RewritesAreValid(RouteStep step)
    {
        if (RouteRegexes.Of(step.Options) is not { } error) return true;
        report.Error(step.Container, GatewayCodes.BadRegex, $"{step.Field}.options", error);
        return false;
    }
}
