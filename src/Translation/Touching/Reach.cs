using Stagedoor.Api;

namespace Stagedoor.Translation.Touching;

/// <summary>What a change of one object may concern.</summary>
/// <param name="Proxies">Proxies that are made of it.</param>
/// <param name="Upstreams">Upstreams that are made of it.</param>
/// <param name="Settings">Whether Settings are made of it: then every Proxy is.</param>
internal sealed record Reach(
    IReadOnlyCollection<ProxyId> Proxies, IReadOnlyCollection<ResourceKey> Upstreams,
    IReadOnlyCollection<ResourceKey> Settings);
