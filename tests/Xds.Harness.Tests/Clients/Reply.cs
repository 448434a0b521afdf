using System.Collections.Immutable;

namespace Stagedoor.Xds.Harness.Clients;

/// <summary>A response of either variant.</summary>
internal sealed record Reply(
    XdsType Type, string Version, string Nonce, ImmutableArray<Received> Resources, ImmutableArray<string> Removed);

/// <summary>A resource of a response; <paramref name="Version"/> is its own, empty in state of the world.</summary>
internal sealed record Received(string Name, string Content, string Version);
