using Stagedoor.Api;
using Stagedoor.Api.Core;
using Stagedoor.Api.GatewayApi;
using Stagedoor.Translation.Gateway;
using Stagedoor.Translation.KubeGateway;

namespace Stagedoor.Translation.Touching;

/// <summary>Gathers what the changes of one step touch.</summary>
internal sealed class TouchStep(CatalogView older, CatalogView newer)
{
    private readonly HashSet<ProxyId> _proxies = [];
    private readonly HashSet<ResourceKey> _upstreams = [];
    private bool _everything;
    private bool _kube;

    /// <summary>Every Proxy and Upstream of both views is touched.</summary>
    public void Everything() => _everything = true;

    /// <summary>Adds what a change of this key touches by the references and selections of a graph.</summary>
    public void Look(ReferenceGraph graph, in ResourceKey key)
    {
        if (_everything) return;

        // Gateways of the Gateway API look at everything but the classic API's own kinds.
        _kube |= key.Group != ResourceKinds.Gateway.Group;
        if (GatewayApiKinds.All.ContainsKey((key.Group, key.Kind))) return;
        if (key.Is(ResourceKinds.Namespace)) return;
        if (key.Is(ResourceKinds.EndpointSlice))
        {
            Slice(graph, older.Find(key));
            Slice(graph, newer.Find(key));
        }
        else if (key.Is(ResourceKinds.Service) || key.Is(ResourceKinds.Endpoints))
        {
            Service(graph, key.Namespace, key.Name);
        }
        else if (key.Is(ResourceKinds.Settings))
        {
            _everything |= !ReferenceEquals(SettingsObject.Find(older), SettingsObject.Find(newer));
        }
        else if (IsKnown(key))
        {
            Resource(graph, older.Find(key));
            Resource(graph, newer.Find(key));
            Name(graph, new ObjectName(key.Namespace, key.Name));
        }
        else
        {
            Everything();
        }
    }

    /// <summary>The result.</summary>
    public Touched End() => _everything
        ? new Touched(
            ProxyIndex.Proxies(newer).Union(ProxyIndex.Proxies(older)),
            ProxyIndex.Upstreams(newer).Union(ProxyIndex.Upstreams(older)))
        : new Touched(ProxyIndex.NoProxies.Union(_proxies).Union(Kube()), [.. _upstreams]);

    private IEnumerable<ProxyId> Kube() => _kube ? KubeProxies.All(newer).Concat(KubeProxies.All(older)) : [];

    // What a resource of another kind means to whom is not known here.
    private static bool IsKnown(in ResourceKey key) =>
        key.Group == ResourceKinds.Gateway.Group || key.Group == ResourceKinds.Proxy.Group
        || key.Is(ResourceKinds.AuthConfig) || key.Is(ResourceKinds.RateLimitConfig)
        || key.Is(ResourceKinds.Secret) || key.Is(ResourceKinds.ConfigMap);

    private void Resource(ReferenceGraph graph, Resource? resource)
    {
        if (resource is null) return;
        if (resource.Key.Is(ResourceKinds.Upstream)) _upstreams.Add(resource.Key);

        // The other view's version is not in the graph, but may be selected by what is.
        if (graph.Find(resource.Key) is { } node && ReferenceEquals(node.Resource, resource)) Take(graph.ReachOf(node));
        else
            foreach (var selecting in graph.Selecting(resource))
                Take(graph.ReachOf(selecting));
    }

    private void Slice(ReferenceGraph graph, Resource? slice)
    {
        if (slice?.Metadata.Labels.GetValueOrDefault(EndpointSlice.ServiceNameLabel) is { Length: > 0 } service)
            Service(graph, slice.Key.Namespace, service);
    }

    private void Service(ReferenceGraph graph, string ns, string name)
    {
        Name(graph, new ObjectName(ns, name));
        foreach (var view in (CatalogView[])[older, newer])
        {
            if (view.Find(ResourceKinds.Service, ns, name)?.Body is not Service service) continue;
            foreach (var port in service.Ports)
            {
                var upstream = KubeServiceNames.KeyOf(ns, name, port.Port);
                if (graph.Settings.HasServiceUpstreams && graph.Settings.Watched.Contains(ns)) _upstreams.Add(upstream);
                Name(graph, new ObjectName(ns, upstream.Name));
            }
        }
    }

    private void Name(ReferenceGraph graph, ObjectName name) => Take(graph.ReachOf(name));

    private void Take(Reach reach)
    {
        _proxies.UnionWith(reach.Proxies);
        _upstreams.UnionWith(reach.Upstreams);
        foreach (var settings in reach.Settings)
            _everything |= SettingsObject.Find(older)?.Key == settings || SettingsObject.Find(newer)?.Key == settings;
    }
}
