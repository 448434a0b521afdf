using Stagedoor.Api;

namespace Stagedoor.Translation.Touching;

/// <summary>Follows references and selections backwards, from an object to all that is made of it.</summary>
internal sealed class ReachWalk(ReferenceGraph graph)
{
    private readonly HashSet<ResourceNode> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ObjectName> _names = [];
    private readonly Stack<ResourceNode> _open = [];
    private readonly HashSet<ProxyId> _proxies = [];
    private readonly HashSet<ResourceKey> _upstreams = [];
    private readonly HashSet<ResourceKey> _settings = [];

    /// <summary>Starts at whatever refers to this name.</summary>
    public void From(ObjectName name)
    {
        if (!_names.Add(name)) return;
        foreach (var user in graph.UsersOf(name)) From(user);
        foreach (var user in graph.UsersOf(name with { Namespace = ObjectName.AnyNamespace })) From(user);
    }

    /// <summary>Starts at a resource.</summary>
    public void From(ResourceNode node)
    {
        if (_seen.Add(node)) _open.Push(node);
    }

    /// <summary>Goes to the end.</summary>
    public Reach End()
    {
        while (_open.TryPop(out var node))
        {
            var key = node.Resource.Key;
            _proxies.UnionWith(node.Proxies);
            if (key.Is(ResourceKinds.Upstream)) _upstreams.Add(key);
            else if (key.Is(ResourceKinds.Settings)) _settings.Add(key);
            foreach (var selecting in graph.Selecting(node.Resource)) From(selecting);
            From(new ObjectName(key.Namespace, key.Name));
        }

        return new Reach(_proxies, _upstreams, _settings);
    }
}
