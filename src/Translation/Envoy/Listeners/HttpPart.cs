using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>What HTTP filter chains are made of, the same for the three types of listeners that have them.</summary>
/// <param name="Http">Options, filters and stat prefix.</param>
/// <param name="Hosts">The virtual hosts.</param>
/// <param name="Field">Path in the Proxy.</param>
internal sealed record HttpPart(GlooV1.HttpListener Http, IReadOnlyList<GlooV1.VirtualHost> Hosts, string Field)
{
    /// <summary>The condition of a hybrid or aggregate listener; null if there is none.</summary>
    public GlooV1.Matcher? Matcher { get; init; }

    /// <summary>The TLS configurations; none for plaintext.</summary>
    public IReadOnlyList<GlooV1.SslConfig> Ssl { get; init; } = [];

    /// <summary>Whether plaintext requests are redirected.</summary>
    public bool RequireTls { get; init; }

    /// <summary>Name of the route configuration.</summary>
    public required string Routes { get; init; }

    /// <summary>Whom to blame when a virtual host says nothing.</summary>
    public required ImmutableArray<ResourceKey> Sources { get; init; }

    /// <summary>Whether TLS configurations are those of single virtual hosts, not of all of them.</summary>
    public bool HasSslOfHosts { get; init; }
}
