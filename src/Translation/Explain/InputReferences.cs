using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf.Collections;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Explain;

/// <summary>A route of an input object that refers to another object.</summary>
/// <param name="From">VirtualService or RouteTable.</param>
/// <param name="Field">Path within it.</param>
/// <param name="Miss">Why it does not mean the object after all; null if it does.</param>
internal sealed record InputReference(ResourceKey From, string Field, string? Miss)
{
    public override string ToString() => $"{From} {Field}";
}

/// <summary>Who refers to RouteTables, options and Upstreams, as written in the watched inputs.</summary>
internal sealed class InputReferences(CatalogView view, WatchedNamespaces watched)
{
    /// <summary>Delegating routes: those that mean a RouteTable, and those that select but not this one.</summary>
    public ImmutableArray<InputReference> ToRouteTable(Resource table) =>
    [
        .. Routes()
            .Where(route => route.Route.DelegateAction is not null)
            .Select(route => Delegation(route.From, route.Field, route.Route.DelegateAction, table))
            .OfType<InputReference>(),
    ];

    /// <summary>Routes and virtual hosts that name an option.</summary>
    public ImmutableArray<InputReference> ToOption(ResourceKey option) => option.Is(ResourceKinds.RouteOption)
        ?
        [
            .. Routes()
                .Where(route => Names(route.Route.OptionsConfigRefs, option))
                .Select(route => new InputReference(route.From.Key, $"{route.Field}.optionsConfigRefs", null)),
        ]
        :
        [
            .. Of(ResourceKinds.VirtualService)
                .Where(service => Names(service.As<Edge.VirtualService>().VirtualHost?.OptionsConfigRefs, option))
                .Select(service => new InputReference(service.Key, "spec.virtualHost.optionsConfigRefs", null)),
        ];

    /// <summary>Routes that name an Upstream as a destination.</summary>
    public ImmutableArray<InputReference> ToUpstream(ResourceKey upstream) =>
    [
        .. Routes()
            .Where(route => Destinations(route.From.Key, route.Route.RouteAction)
                .Any(destination => Envoy.Destinations.UpstreamOf(destination) == upstream))
            .Select(route => new InputReference(route.From.Key, $"{route.Field}.routeAction", null)),
    ];

    private IEnumerable<(Resource From, string Field, Edge.Route Route)> Routes() =>
        Of(ResourceKinds.VirtualService)
            .SelectMany(service => Numbered(
                service, "spec.virtualHost.routes", service.As<Edge.VirtualService>().VirtualHost?.Routes))
            .Concat(Of(ResourceKinds.RouteTable).SelectMany(table => Numbered(
                table, "spec.routes", table.As<Edge.RouteTable>().Routes)));

    private IEnumerable<Resource> Of(ResourceKind kind) =>
        view.OfKind(kind).Values.Where(resource => watched.Contains(resource.Key.Namespace));

    private static IEnumerable<(Resource, string, Edge.Route)> Numbered(
        Resource from, string field, RepeatedField<Edge.Route>? routes) =>
        (routes ?? []).Select((route, i) =>
            (from, string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), route));

    private static InputReference? Delegation(
        Resource from, string field, Edge.DelegateAction action, Resource table)
    {
        field += ".delegateAction";
        if (RouteTableQuery.Reference(action) is { } reference)
        {
            var isIt = reference.Name == table.Key.Name && reference.Namespace == table.Key.Namespace;
            if (isIt) return new InputReference(from.Key, field, null);
            return reference.Name != table.Key.Name
                ? null
                : new InputReference(from.Key, field, $"it names the namespace \"{reference.Namespace}\"");
        }

        if (action.Selector is not { } selector) return null;
        if (selector is { Labels.Count: > 0, Expressions.Count: > 0 })
        {
            return new InputReference(
                from.Key, field, "its selector has labels and expressions, so that it selects nothing");
        }

        if (LabelExpressions.Parse(selector.Expressions, out var error) is not { } requirements)
            return new InputReference(from.Key, field, $"its selector has an invalid expression: {error}");
        var namespaces = selector.Namespaces.Count > 0
            ? NamespaceList.Of(selector.Namespaces)
            : NamespaceList.Of([from.Key.Namespace]);
        if (!namespaces.Allows(table.Key.Namespace))
        {
            var allowed = string.Join(", ", namespaces.Names!.Order(StringComparer.Ordinal));
            return new InputReference(from.Key, field, $"its selector allows the namespaces {allowed} only");
        }

        return new LabelSelector(selector.Labels, requirements).Matches(table.Metadata.Labels)
            ? new InputReference(from.Key, field, null)
            : new InputReference(from.Key, field, "its selector asks for other labels");
    }

    private static bool Names(Edge.DelegateOptionsRefs? references, ResourceKey option) =>
        references?.DelegateOptions.Any(
            reference => reference.Name == option.Name && reference.Namespace == option.Namespace) == true;

    private IEnumerable<GlooV1.Destination?> Destinations(ResourceKey from, GlooV1.RouteAction? written)
    {
        if (written is null) return [];
        var action = UpstreamNamespaces.Complete(written, from.Namespace);
        var group = action.UpstreamGroup is { } reference
            ? view.Find(ResourceKinds.UpstreamGroup, reference.Namespace, reference.Name)?.As<GlooV1.UpstreamGroup>()
            : null;
        return new[] { action.Single }
            .Concat((action.Multi?.Destinations ?? []).Select(weighted => weighted.Destination))
            .Concat((group?.Destinations ?? []).Select(weighted => weighted.Destination));
    }
}
