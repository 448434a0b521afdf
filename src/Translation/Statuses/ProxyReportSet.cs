using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.KubeGateway;

namespace Stagedoor.Translation.Statuses;

/// <summary>What the translation of one Proxy says.</summary>
/// <param name="Proxy">Which Proxy.</param>
/// <param name="Exists">Whether there is a Proxy; false if its Gateways have nothing to listen for.</param>
/// <param name="Reports">One report a resource.</param>
public sealed record ProxyReportSet(ProxyId Proxy, bool Exists, ImmutableArray<ResourceReport> Reports)
{
    /// <summary>The same in the Gateway API's terms; null for a Proxy of the classic API.</summary>
    public KubeStatus? Kube { get; init; }
}
