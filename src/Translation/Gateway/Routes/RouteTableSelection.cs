using System.Collections.Immutable;
using Solo.Core;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>Finds the RouteTables that a route delegates to (gateway-translation 1.7.5, step 2).</summary>
internal sealed class RouteTableSelection(GatewayInputs inputs, DependencyCollector dependencies, RouteReport report)
{
    /// <summary>The tables in snapshot order; empty, after a warning, if there are none.</summary>
    public ImmutableArray<Resource> Select(RouteStep step)
    {
        var action = step.Route.DelegateAction;
        if (Reference(action) is { } reference)
        {
            if (dependencies.RouteTable(reference) is { } found) return [found];
            return Nothing(
                step, GatewayCodes.MissingRouteTable,
                $"RouteTable {reference.Namespace}.{reference.Name} does not exist");
        }

        if (action.Selector is not { } selector)
            return Nothing(step, GatewayCodes.NoDelegate, "the delegate action must specify a ref or a selector");
        if (selector is { Labels.Count: > 0, Expressions.Count: > 0 })
        {
            return Nothing(
                step, GatewayCodes.LabelsAndExpressions, "the selector cannot have both labels and expressions");
        }

        if (LabelExpressions.Parse(selector.Expressions, out var error) is not { } requirements)
            return Nothing(step, GatewayCodes.BadExpression, $"the selector has an invalid expression: {error}");
        var namespaces = selector.Namespaces.Count > 0
            ? NamespaceList.Of(selector.Namespaces)
            : NamespaceList.Of([step.Container.Resource.Key.Namespace]);
        var query = new RouteTableQuery(namespaces, new LabelSelector(selector.Labels, requirements));
        var tables = query.Select(inputs.RouteTables.Items);
        dependencies.Add(query, tables);
        return tables.IsEmpty
            ? Nothing(step, GatewayCodes.NoRouteTableSelected, "no RouteTable matches the selector")
            : tables;
    }

    /// <summary>The reference of a delegate action; the deprecated fields win.</summary>
    public static ResourceRef? Reference(Edge.DelegateAction action)
    {
#pragma warning disable CS0612 // Deprecated, and still in users' files.
        if (action.Name.Length > 0 || action.Namespace.Length > 0)
            return new ResourceRef { Name = action.Name, Namespace = action.Namespace };
#pragma warning restore CS0612
        return action.Ref;
    }

    private ImmutableArray<Resource> Nothing(RouteStep step, string code, string message)
    {
        report.Warning(step.Container, code, $"{step.Field}.delegateAction", message);
        return [];
    }
}
