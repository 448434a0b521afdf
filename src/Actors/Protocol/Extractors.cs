using Akka.Cluster.Sharding;
using Stagedoor.Actors.Wire;

namespace Stagedoor.Actors.Protocol;

/// <summary>Which entity a message is for. The numbers of shards can never change in a running cluster.</summary>
public static class Extractors
{
    /// <summary>Entities <c>namespace~name</c> of proxies.</summary>
    public static HashCodeMessageExtractor Proxy(int shards) => HashCodeMessageExtractor.Create(shards, ProxyOf);

    /// <summary>Entities <c>namespace.name</c> of Upstreams.</summary>
    public static HashCodeMessageExtractor Upstream(int shards) => HashCodeMessageExtractor.Create(shards, UpstreamOf);

    /// <summary>Entities by <c>node.id</c>.</summary>
    public static HashCodeMessageExtractor Node(int shards) =>
        HashCodeMessageExtractor.Create(shards, static message => (message as Report)?.NodeId);

    private static string? ProxyOf(object message) => message switch
    {
        ProxyHint hint => hint.Proxy,
        Subscribe subscribe => subscribe.Proxy,
        FetchBodies fetch => fetch.Proxy,
        Rejected rejected => rejected.Proxy,
        _ => null,
    };

    private static string? UpstreamOf(object message) => message switch
    {
        UpstreamHint hint => $"{hint.Namespace}.{hint.Name}",
        UpstreamUse use => $"{use.Namespace}.{use.Name}",
        _ => null,
    };
}
