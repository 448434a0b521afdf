using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>The Proxy object that the inputs of the classic API make, before it is translated for Envoy.</summary>
/// <param name="Id">Which Proxy.</param>
public sealed record GatewayTranslation(ProxyId Id)
{
    /// <summary>
    /// The Proxy; null if no Gateway listens for it and none is stored. Its messages are those of the previous
    /// translation wherever nothing changed that they were made of, and are never modified.
    /// </summary>
    public Solo.Gloo.Proxy? Proxy { get; init; }

    /// <summary>The stored Proxy that is served as it is; null for one made of Gateways.</summary>
    public ResourceKey? Stored { get; init; }

    /// <summary>
    /// What there is to say of the inputs that take part, ordered by key: Gateways, the RouteTables and VirtualServices
    /// that they serve. The others are Accepted (gateway-translation 1.4, step 2a), see <see cref="ClassicInputs"/>.
    /// </summary>
    public ImmutableArray<ResourceReport> Reports { get; init; } = [];
}
