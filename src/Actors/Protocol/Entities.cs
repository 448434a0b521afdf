using Akka.Cluster.Sharding;
using Stagedoor.Api;

namespace Stagedoor.Actors.Protocol;

/// <summary>Which entity a message is for. The number of shards never changes in a running cluster.</summary>
internal static class Entities
{
    /// <summary>Owners of proxies: <c>namespace~name</c>.</summary>
    public static HashCodeMessageExtractor Proxies(int shards) => HashCodeMessageExtractor.Create(shards, ProxyOf);

    /// <summary>Owners of Upstreams: <c>namespace.name</c>; a namespace has no dot.</summary>
    public static HashCodeMessageExtractor Upstreams(int shards) => HashCodeMessageExtractor.Create(shards, UpstreamOf);

    /// <summary>Owners of Envoys: <c>node.id</c>.</summary>
    public static HashCodeMessageExtractor Nodes(int shards) => HashCodeMessageExtractor.Create(shards, NodeOf);

    /// <summary>The key of an Upstream's entity.</summary>
    public static ResourceKey UpstreamKey(string entity)
    {
        var dot = entity.IndexOf('.', StringComparison.Ordinal);
        return ResourceKey.Of(ResourceKinds.Upstream, entity[..Math.Max(dot, 0)], entity[(dot + 1)..]);
    }

    private static string? ProxyOf(object message) => message switch
    {
        ProxyHint hint => Id(hint.Proxy),
        Subscribe subscribe => Id(subscribe.Proxy),
        ProxyRejection rejection => Id(rejection.Proxy),
        UpstreamState state => Id(state.Proxy),
        _ => null,
    };

    private static string? UpstreamOf(object message) => message switch
    {
        UpstreamHint hint => Id($"{hint.Namespace}.{hint.Name}"),
        UpstreamUse use => Id($"{use.Namespace}.{use.Name}"),
        _ => null,
    };

    private static string? NodeOf(object message) => message is StreamReport report ? Id(report.NodeId) : null;

    // An empty id would be an entity that nobody can name.
    private static string? Id(string id) => id.Length == 0 ? null : id;
}
