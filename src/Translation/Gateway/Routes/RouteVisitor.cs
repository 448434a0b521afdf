using Google.Protobuf.Collections;
using Solo.Gloo;
using Edge = Solo.Gateway;
using Matcher = Solo.Gloo.Core.Matchers.Matcher;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Walks the routes of a VirtualService and of the RouteTables that it delegates to, depth first, and makes the Proxy's
/// routes of them (gateway-translation 1.7.2).
/// </summary>
internal sealed class RouteVisitor(HostContext context, DependencyCollector dependencies, RouteReport report)
{
    private const int MaxRoutes = 100_000;
    private const int MaxDepth = 100;

    private readonly RouteEmitter _emitter = new(context.Settings.InvalidRoute, report);
    private int _visited;

    /// <summary>Whether a route got a name, which holds the names of the Gateway and the Proxy.</summary>
    public bool AnyNamed => _emitter.AnyNamed;

    /// <summary>Adds the routes of a VirtualService.</summary>
    public void Visit(Edge.VirtualHost host, VirtualHostOptions? options, RouteContainer container, List<Route> output)
    {
        for (var i = 0; i < host.Routes.Count && MayGoOn(container); i++)
        {
            var route = host.Routes[i];
            var name = new RouteName(null, container.Name, route.Name, i);
            var merged = InheritedTransformations.Apply(
                Options(route, container, i), options?.StagedTransformations);
            var step = new RouteStep(route, i, container, name, route.Matchers, merged)
            {
                InheritsMatchers = route.InheritableMatchers ?? false,
                InheritsPath = route.InheritablePathMatchers ?? false,
            };
            Finish(step, output);
        }
    }

    private void VisitTable(
        RepeatedField<Edge.Route> routes, RouteContainer container, ParentRoute parent, List<Route> output)
    {
        for (var i = 0; i < routes.Count && MayGoOn(container); i++)
        {
            var route = routes[i];
            var path = route.InheritablePathMatchers ?? parent.InheritsPath;
            var others = route.InheritableMatchers ?? parent.InheritsMatchers;
            var matchers = ChildMatchers.Of(route.Matchers, parent, path, others);
            var options = InheritedTransformations.Apply(
                Options(route, container, i), parent.Options?.StagedTransformations);
            if (Violation(matchers, parent) is { } violation)
            {
                report.Warning(
                    container, GatewayCodes.ChildMatcher, $"{container.Field}[{i}].matchers",
                    $"invalid route: its matchers must contain what the parent route requires ({violation})");
                continue;
            }

            var name = new RouteName(parent.Name, container.Name, route.Name, i);
            var step = new RouteStep(route, i, container, name, matchers, ShallowMerge.Of(options, parent.Options))
            {
                InheritsMatchers = others,
                InheritsPath = path,
            };
            Finish(step, output);
        }
    }

    private void Finish(RouteStep step, List<Route> output)
    {
        if (step.Route.ActionCase == Edge.Route.ActionOneofCase.DelegateAction) Delegate(step, output);
        else if (_emitter.Emit(step) is { } emitted) output.Add(emitted);
    }

    private void Delegate(RouteStep step, List<Route> output)
    {
        if (DelegateMatchers.Of(step.Matchers, out var error) is not { } matcher)
        {
            report.Error(step.Container, GatewayCodes.DelegateMatcher, $"{step.Field}.matchers", error);
            if (_emitter.Replace(step) is { } replaced) output.Add(replaced);
            return;
        }

        var tables = new RouteTableSelection(context.Inputs, dependencies, report).Select(step);
        if (tables.IsEmpty) return;
        var parent = new ParentRoute(
            matcher, step.Options, step.InheritsMatchers, step.InheritsPath, step.Name);
        foreach (var weight in tables.GroupBy(table => table.As<Edge.RouteTable>().Weight ?? 0).OrderBy(g => g.Key))
        {
            var routes = new List<Route>();
            var count = 0;
            foreach (var table in weight)
            {
                count++;
                Enter(table, step, parent, routes);
            }

            output.AddRange(count > 1 ? RouteOrder.Sort(routes) : routes);
        }
    }

    private void Enter(Api.Resource table, RouteStep step, ParentRoute parent, List<Route> output)
    {
        var container = step.Container.Enter(table);
        if (step.Container.IsWithin(table))
        {
            report.Error(
                container, GatewayCodes.DelegationCycle, null,
                $"RouteTables delegate in a circle: {Shorten.Text(container.Chain())}");
        }
        else if (container.Depth > MaxDepth)
        {
            report.Error(
                container, GatewayCodes.TooManyRoutes, null, $"RouteTables delegate more than {MaxDepth} levels deep");
        }
        else
        {
            VisitTable(table.As<Edge.RouteTable>().Routes, container, parent, output);
        }
    }

    private RouteOptions? Options(Edge.Route route, RouteContainer container, int index)
    {
        var options = route.Options;
        if (route.OptionsConfigRefs is not { } references) return options;
        foreach (var reference in references.DelegateOptions)
        {
            if (dependencies.RouteOption(reference) is { } found)
            {
                options = ShallowMerge.Of(options, found.As<Edge.RouteOption>().Options);
                continue;
            }

            report.Warning(
                container, GatewayCodes.MissingRouteOption, $"{container.Field}[{index}].optionsConfigRefs",
                $"RouteOption {reference.Namespace}.{reference.Name} does not exist");
        }

        return options;
    }

    private static string? Violation(IReadOnlyList<Matcher> matchers, ParentRoute parent)
    {
        foreach (var matcher in matchers)
        {
            if (ChildMatchers.Violation(matcher, parent.Matcher) is { } violation) return violation;
        }

        return null;
    }

    private bool MayGoOn(RouteContainer container)
    {
        if (++_visited <= MaxRoutes) return true;
        report.Error(
            container, GatewayCodes.TooManyRoutes, null, $"more than {MaxRoutes} routes; the rest is left out");
        return false;
    }
}
