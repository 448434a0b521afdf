using System.Collections.Immutable;
using Stagedoor.Xds;

namespace Stagedoor.Actors;

/// <summary>One Envoy as its owner sees it: the truth of the whole cluster about it.</summary>
/// <param name="NodeId"><c>node.id</c>.</param>
public sealed record NodeInfo(string NodeId)
{
    /// <summary>Its streams, newest first; empty when it is gone.</summary>
    public ImmutableArray<NodeStream> Streams { get; init; } = [];

    /// <summary>Its last rejections, newest first; bounded.</summary>
    public ImmutableArray<NodeRejectionRecord> Rejections { get; init; } = [];

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Whether a stream of it is open.</summary>
    public bool IsConnected => !Streams.IsEmpty;
}

/// <summary>One open stream.</summary>
/// <param name="Server">Where it ends.</param>
/// <param name="Report">The newest report.</param>
public sealed record NodeStream(string Server, NodeReport Report);

/// <summary>One NACK.</summary>
/// <param name="Proxy">The proxy whose content it was.</param>
/// <param name="Type">The type.</param>
/// <param name="Rejection">What was said.</param>
public sealed record NodeRejectionRecord(string Proxy, XdsType Type, NodeRejection Rejection);
