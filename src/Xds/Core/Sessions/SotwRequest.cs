namespace Stagedoor.Xds.Sessions;

/// <summary>A state-of-the-world <c>DiscoveryRequest</c>, as far as the session decides on it.</summary>
/// <param name="Type">What <c>type_url</c> names; <see cref="XdsType.None"/> if it is not served.</param>
public sealed record SotwRequest(XdsType Type)
{
    /// <summary>Version of the last response that the client accepted.</summary>
    public string VersionInfo { get; init; } = "";

    /// <summary>Names asked for; empty: see <see cref="Subscription"/>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Nonce of the response that this answers.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>The message of <c>error_detail</c>; null: the response was accepted (rule R5).</summary>
    public string? Error { get; init; }
}
