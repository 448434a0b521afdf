using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>What the virtual hosts of one filter chain have in common.</summary>
/// <param name="Options">Options of the HTTP listener; null if there are none.</param>
/// <param name="RequireTls">Whether plaintext requests are redirected (envoy-translation 2.3).</param>
/// <param name="MaxDirectResponseBody">Most bytes of a direct response; null for Envoy's default.</param>
/// <param name="Sources">Whom to blame when a virtual host says nothing.</param>
/// <param name="Field">Path of the listener in the Proxy.</param>
internal sealed record HttpContext(
    GlooV1.HttpListenerOptions? Options,
    bool RequireTls,
    uint? MaxDirectResponseBody,
    ImmutableArray<ResourceKey> Sources,
    string Field)
{
    /// <summary>
    /// Whether the Proxy is one of the Gateway API: prefixes are of whole segments, and a missing cluster is a 500.
    /// </summary>
    public bool IsKube { get; init; }
}
