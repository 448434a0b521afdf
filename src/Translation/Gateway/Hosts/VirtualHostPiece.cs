using System.Collections.Immutable;
using Google.Protobuf;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The virtual host of one VirtualService as one Gateway sees it, before domains are contested: the unit that is reused
/// while nothing it was built of changes.
/// </summary>
internal sealed record VirtualHostPiece
{
    /// <summary>The VirtualService.</summary>
    public required Resource Source { get; init; }

    /// <summary>The virtual host with all its domains.</summary>
    public required VirtualHost Host { get; init; }

    /// <summary>Its domains as Envoy compares them: in lower case, <c>*</c> if there are none; each once.</summary>
    public required ImmutableArray<string> Claims { get; init; }

    /// <summary>sslConfig with defaults; null if there is none.</summary>
    public SslConfig? Ssl { get; init; }

    /// <summary>What VirtualServices share that share a filter chain: sslConfig without SNI domains (1.6).</summary>
    public ByteString SslGroup { get; init; } = ByteString.Empty;

    /// <summary>Of the VirtualService.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Of RouteTables.</summary>
    public ImmutableArray<(ResourceKey Table, Diagnostic Diagnostic)> OfTables { get; init; } = [];

    /// <summary>What else it was built of.</summary>
    public Dependencies Dependencies { get; init; } = Dependencies.None;

    /// <summary>Whether the Gateway's name is in it; otherwise all Gateways share it.</summary>
    public bool HoldsGatewayName { get; init; }
}
