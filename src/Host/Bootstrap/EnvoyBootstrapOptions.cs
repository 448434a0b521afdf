using Stagedoor.Api;

namespace Stagedoor.Host.Bootstrap;

/// <summary>What a gateway-proxy's bootstrap depends on.</summary>
/// <param name="Role">The Proxy whose configuration the Envoy takes.</param>
/// <param name="NodeId"><c>node.id</c>, unique in the fleet.</param>
/// <param name="XdsHost">Name or address of the xDS server.</param>
/// <param name="XdsPort">Its port.</param>
internal sealed record EnvoyBootstrapOptions(ProxyId Role, string NodeId, string XdsHost, int XdsPort)
{
    /// <summary>
    /// The variant that a bootstrap asks for when nobody says which: a change costs its own size.
    /// </summary>
    public const bool DeltaByDefault = true;

    /// <summary>
    /// Port of Envoy's admin on loopback; 0 lets Envoy choose (<c>--admin-address-path</c>); null: no admin.
    /// </summary>
    public int? AdminPort { get; init; }

    /// <summary>Port of the Prometheus listener; null leaves it out. Needs a fixed <see cref="AdminPort"/>.</summary>
    public int? StatsPort { get; init; }

    /// <summary>
    /// Port of the listener with nothing but <c>/ready</c>; null leaves it out. Needs a fixed port, too.
    /// </summary>
    public int? ReadinessPort { get; init; }

    /// <summary>Delta xDS instead of state of the world.</summary>
    public bool Delta { get; init; } = DeltaByDefault;

    /// <summary>
    /// Adds the clusters that only exist on Kubernetes: REST xDS and the Wasm cache of the same service.
    /// </summary>
    public bool Kubernetes { get; init; }
}
