using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.Touching;

/// <summary>Who uses whom among the resources of a view; references to what does not exist included.</summary>
internal sealed class ReferenceGraph(EdgeSettings settings)
{
    private readonly Dictionary<ResourceKey, ResourceNode> _nodes = [];
    private readonly Dictionary<ObjectName, List<ResourceNode>> _users = [];
    private readonly HashSet<ResourceNode> _selectingServices = [];
    private readonly HashSet<ResourceNode> _selectingMatchables = [];
    private readonly QueryIndex _queries = new();
    private readonly Dictionary<ObjectName, Reach> _reaches = [];

    /// <summary>The Settings in force.</summary>
    public EdgeSettings Settings { get; } = settings;

    /// <summary>The number of VirtualServices.</summary>
    public int VirtualServices { get; private set; }

    /// <summary>The graph of a whole view.</summary>
    public static ReferenceGraph Of(CatalogView view, EdgeSettings settings)
    {
        var graph = new ReferenceGraph(settings);
        foreach (var key in view.ChangesSince(CatalogView.Empty))
            if (view.Find(key) is { } resource)
                graph.Put(resource);
        return graph;
    }

    /// <summary>The resource with what it looks for; null if it is not there or looks for nothing.</summary>
    public ResourceNode? Find(in ResourceKey key) => _nodes.GetValueOrDefault(key);

    /// <summary>Adds or replaces a resource.</summary>
    public void Put(Resource resource)
    {
        Remove(resource.Key);
        if (resource.Body is not IMessage || !IsSeen(resource.Key)) return;
        var node = new ResourceNode(resource, Settings);
        _nodes[resource.Key] = node;
        foreach (var name in node.Names)
        {
            if (!_users.TryGetValue(name, out var users)) _users[name] = users = [];
            users.Add(node);
        }

        if (!node.VirtualServices.IsEmpty) _selectingServices.Add(node);
        if (!node.Matchables.IsEmpty) _selectingMatchables.Add(node);
        if (!node.Queries.IsEmpty) _queries.Add(node);
        if (resource.Key.Is(ResourceKinds.VirtualService)) VirtualServices++;
        _reaches.Clear();
    }

    /// <summary>Removes a resource; nothing happens if it is not there.</summary>
    public void Remove(in ResourceKey key)
    {
        if (!_nodes.Remove(key, out var node)) return;
        foreach (var name in node.Names)
        {
            var users = _users[name];
            users.Remove(node);
            if (users.Count == 0) _users.Remove(name);
        }

        _selectingServices.Remove(node);
        _selectingMatchables.Remove(node);
        if (!node.Queries.IsEmpty) _queries.Remove(node);
        if (key.Is(ResourceKinds.VirtualService)) VirtualServices--;
        _reaches.Clear();
    }

    /// <summary>All that uses an object of this name, directly or not.</summary>
    public Reach ReachOf(ObjectName name)
    {
        if (_reaches.TryGetValue(name, out var known)) return known;
        var walk = new ReachWalk(this);
        walk.From(name);
        return _reaches[name] = walk.End();
    }

    /// <summary>All that uses a resource or selects it, directly or not, and itself.</summary>
    public Reach ReachOf(ResourceNode node)
    {
        var walk = new ReachWalk(this);
        walk.From(node);
        return walk.End();
    }

    /// <summary>Resources that refer to an object by name.</summary>
    public IEnumerable<ResourceNode> UsersOf(ObjectName name) => _users.GetValueOrDefault(name) ?? [];

    /// <summary>Resources that select a resource by its labels, its namespace or by taking all.</summary>
    public IEnumerable<ResourceNode> Selecting(Resource resource)
    {
        if (resource.Key.Is(ResourceKinds.VirtualService))
            return _selectingServices.Where(node => node.SelectsService(resource));
        if (resource.Key.Is(ResourceKinds.RouteTable)) return _queries.Selecting(resource);
        return resource.Key.Is(ResourceKinds.MatchableHttpGateway) || resource.Key.Is(ResourceKinds.MatchableTcpGateway)
            ? _selectingMatchables.Where(node => node.SelectsMatchable(resource))
            : [];
    }

    // Objects of the classic API in namespaces that are not watched do not exist.
    private bool IsSeen(in ResourceKey key) =>
        key.Group != ResourceKinds.Gateway.Group || Settings.Watched.Contains(key.Namespace);
}
