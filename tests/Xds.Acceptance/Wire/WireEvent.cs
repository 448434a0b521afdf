using System.Collections.Immutable;

namespace Stagedoor.Xds.Acceptance.Wire;

/// <summary>One message of a discovery stream, of either variant.</summary>
internal sealed record WireEvent(int Stream, TimeSpan At, bool IsRequest, string TypeUrl)
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    public XdsType Type { get; } = XdsTypes.FromTypeUrl(TypeUrl);

    public bool IsDelta { get; init; }

    public string Version { get; init; } = "";

    public string Nonce { get; init; } = "";

    /// <summary>The message of <c>error_detail</c>; null: there is none.</summary>
    public string? Error { get; init; }

    /// <summary>Whether a request carries the node.</summary>
    public bool HasNode { get; init; }

    /// <summary>Names asked for, or of the resources sent.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Names wanted no more, or removed.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>Delta: what a reconnecting client says it has, with the versions.</summary>
    public ImmutableDictionary<string, string> Held { get; init; } = None;

    /// <summary>A response: hashes of the resources' bytes, by name.</summary>
    public ImmutableDictionary<string, string> Contents { get; init; } = None;

    public bool IsResponseOf(XdsType type) => !IsRequest && Type == type;

    public bool IsRequestOf(XdsType type) => IsRequest && Type == type;

    /// <summary>Whether it accepts this response.</summary>
    public bool Accepts(WireEvent response) =>
        IsRequest && Stream == response.Stream && Type == response.Type && Nonce == response.Nonce && Error is null;

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{At.TotalSeconds,8:F3} {Stream} {(IsRequest ? "<-" : "->")} {Type} nonce={Nonce} v={Version} ")
        + $"[{string.Join(' ', Names.Take(12))}] -[{string.Join(' ', Removed.Take(12))}] held={Held.Count} {Error}";
}
