using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>Finds the RouteTables that a route delegates to (gateway-translation 1.7.5, step 2).</summary>
internal sealed class RouteTableSelection(GatewayInputs inputs, DependencyCollector dependencies, RouteReport report)
{
    /// <summary>The tables in snapshot order; empty, after a warning, if there are none.</summary>
    public ImmutableArray<Resource> Select(RouteStep step)
    {
        var action = step.Route.DelegateAction;
        if (RouteTableQuery.Reference(action) is { } reference)
        {
            if (dependencies.RouteTable(reference) is { } found) return [found];
            return Nothing(
                step, GatewayCodes.MissingRouteTable,
                $"RouteTable {reference.Namespace}.{reference.Name} does not exist");
        }

        if (RouteTableQuery.Of(action, step.Container.Resource.Key.Namespace, out var remark) is not { } query)
            return Nothing(step, remark.Code, remark.Message);
        var tables = query.Select(inputs.RouteTables.Items);
        dependencies.Add(query, tables);
        return tables.IsEmpty
            ? Nothing(step, GatewayCodes.NoRouteTableSelected, "no RouteTable matches the selector")
            : tables;
    }

    private ImmutableArray<Resource> Nothing(RouteStep step, string code, string message)
    {
        report.Warning(step.Container, code, $"{step.Field}.delegateAction", message);
        return [];
    }
}
