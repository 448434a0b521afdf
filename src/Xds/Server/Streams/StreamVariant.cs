using Envoy.Config.Core.V3;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>One side of a conversation: the session, and how it takes a request.</summary>
internal sealed record Conversation<TRequest>(
    XdsSession Session, Func<TRequest, DateTimeOffset, SessionClose?> Receive);

/// <summary>What differs between state of the world and delta, aggregated and per type.</summary>
internal abstract class StreamVariant<TRequest>
{
    /// <summary>Word for logs and reports: <c>sotw</c> or <c>delta</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The type of the service; null: aggregated.</summary>
    public abstract XdsType? Only { get; }

    public abstract Node? Node(TRequest request);

    public abstract bool IsNack(TRequest request);

    public abstract Conversation<TRequest> Begin(StreamServices services, NodeIdentity node);
}
