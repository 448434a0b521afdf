using System.Collections.Immutable;

namespace Stagedoor.Xds.Sessions;

/// <summary>A <c>DeltaDiscoveryRequest</c>, as far as the session decides on it.</summary>
/// <param name="Type">What <c>type_url</c> names; <see cref="XdsType.None"/> if it is not served.</param>
public sealed record DeltaRequest(XdsType Type)
{
    /// <summary>Names wanted from now on; <c>*</c>: all; none in the first request of a type: all, too.</summary>
    public IReadOnlyList<string> Subscribe { get; init; } = [];

    /// <summary>Names wanted no more.</summary>
    public IReadOnlyList<string> Unsubscribe { get; init; } = [];

    /// <summary>What the client has from an earlier stream, by name; heard in the first request of a type.</summary>
    public IReadOnlyDictionary<string, string> InitialVersions { get; init; } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>Nonce of the response that this answers; empty: it answers none (rule R7).</summary>
    public string Nonce { get; init; } = "";

    /// <summary>The message of <c>error_detail</c>; null: the response was accepted.</summary>
    public string? Error { get; init; }
}
