using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>
/// What a session tells upward about its client; the newest report of a stream replaces the ones before.
/// </summary>
/// <param name="NodeId"><c>node.id</c> of the client.</param>
/// <param name="Proxy">Snapshot key that its role names.</param>
/// <param name="StreamId">Identity of the stream: greater means opened later on this server.</param>
public sealed record NodeReport(string NodeId, string Proxy, long StreamId)
{
    /// <summary>When the stream was opened.</summary>
    public DateTimeOffset Connected { get; init; }

    /// <summary>False in the last report of a stream.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Address of the peer.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Version of the client, for example <c>envoy 1.40.0</c>.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary><c>sotw</c> or <c>delta</c>.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Why the server ended the stream, code first; empty: it did not, or only because it stops.</summary>
    public string End { get; init; } = "";

    /// <summary>State by type.</summary>
    public ImmutableSortedDictionary<XdsType, NodeTypeStatus> Types { get; init; } =
        ImmutableSortedDictionary<XdsType, NodeTypeStatus>.Empty;
}

/// <summary>What one client was offered, has accepted and has rejected of one type.</summary>
/// <param name="Offered">Newest generation sent.</param>
/// <param name="Acknowledged">Newest generation accepted.</param>
/// <param name="Rejection">The last NACK, until a later response is accepted.</param>
public sealed record NodeTypeStatus(Generation Offered, Generation Acknowledged, NodeRejection? Rejection);

/// <summary>A NACK.</summary>
/// <param name="Generation">What was rejected.</param>
/// <param name="Message">The client's words, redacted: they can hold private keys (rule I6).</param>
/// <param name="Resources">Names of the resources to which it is attributed; empty when it cannot be told.</param>
/// <param name="At">When it came.</param>
public sealed record NodeRejection(
    Generation Generation, string Message, ImmutableArray<string> Resources, DateTimeOffset At);

/// <summary>Where sessions report to. Must return at once and never fail.</summary>
public interface INodeReporter
{
    /// <summary>Takes the newest report of a stream.</summary>
    void Report(NodeReport report);
}
