using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>A VirtualService or RouteTable whose routes are being visited, with the branch that led to it.</summary>
internal sealed class RouteContainer
{
    private readonly RouteContainer? _parent;

    private RouteContainer(Resource resource, string name, RouteContainer? parent)
    {
        _parent = parent;
        Resource = resource;
        Name = name;
        Depth = parent is null ? 0 : parent.Depth + 1;
        Sources = new SourceMetadata();
        Sources.Sources.Add(SourceRefs.Of(resource));
        if (parent is not null) Sources.Sources.AddRange(parent.Sources.Sources);
    }

    public Resource Resource { get; }

    /// <summary>How it appears in the names of its routes.</summary>
    public string Name { get; }

    /// <summary>The number of RouteTables on the branch.</summary>
    public int Depth { get; }

    /// <summary>Sources of its routes: itself, then what delegates to it, the VirtualService last.</summary>
    public SourceMetadata Sources { get; }

    /// <summary>Whether it is a RouteTable.</summary>
    public bool IsTable => _parent is not null;

    /// <summary>Path of the routes within the object.</summary>
    public string Field => IsTable ? "spec.routes" : "spec.virtualHost.routes";

    public static RouteContainer OfVirtualService(Resource resource, string gateway, string proxy) => new(
        resource,
        RouteName.OfVirtualService(gateway, proxy, resource.Key.Namespace, resource.Key.Name),
        null);

    public RouteContainer Enter(Resource table) =>
        new(table, RouteName.OfRouteTable(table.Key.Namespace, table.Key.Name), this);

    /// <summary>Whether the resource is on the branch.</summary>
    public bool IsWithin(Resource resource)
    {
        for (var container = this; container is not null; container = container._parent)
        {
            if (container.Resource.Key == resource.Key) return true;
        }

        return false;
    }

    /// <summary>The branch as <c>[ns.name] -&gt; [ns.name]</c>, outermost RouteTable first.</summary>
    public string Chain()
    {
        if (_parent is not { IsTable: true }) return $"[{Resource.Key.Namespace}.{Resource.Key.Name}]";
        return $"{_parent.Chain()} -> [{Resource.Key.Namespace}.{Resource.Key.Name}]";
    }
}
