using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>All resources that the translation of the classic API reads, followed from view to view.</summary>
internal sealed class GatewayInputs
{
    public KindTracker Gateways { get; } = new(ResourceKinds.Gateway);

    public KindTracker VirtualServices { get; } = new(ResourceKinds.VirtualService);

    public KindTracker RouteTables { get; } = new(ResourceKinds.RouteTable);

    public KindTracker RouteOptions { get; } = new(ResourceKinds.RouteOption);

    public KindTracker VirtualHostOptions { get; } = new(ResourceKinds.VirtualHostOption);

    public KindTracker MatchableHttpGateways { get; } = new(ResourceKinds.MatchableHttpGateway);

    public KindTracker MatchableTcpGateways { get; } = new(ResourceKinds.MatchableTcpGateway);

    /// <summary>Goes on to the next view.</summary>
    public void Advance(CatalogView view, WatchedNamespaces watched)
    {
        foreach (var kind in (ReadOnlySpan<KindTracker>)[
            Gateways, VirtualServices, RouteTables, RouteOptions, VirtualHostOptions, MatchableHttpGateways,
            MatchableTcpGateways])
            kind.Advance(view, watched);
    }
}
