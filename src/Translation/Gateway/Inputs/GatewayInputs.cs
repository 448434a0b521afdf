using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>All resources that the translation of the classic API reads, followed from view to view.</summary>
internal sealed class GatewayInputs
{
    private readonly KindTracker[] _all;

    public GatewayInputs() => _all =
    [
        Gateways, VirtualServices, RouteTables, RouteOptions, VirtualHostOptions, MatchableHttpGateways,
        MatchableTcpGateways,
    ];

    public KindTracker Gateways { get; } = new(ResourceKinds.Gateway);

    public KindTracker VirtualServices { get; } = new(ResourceKinds.VirtualService);

    public KindTracker RouteTables { get; } = new(ResourceKinds.RouteTable);

    public KindTracker RouteOptions { get; } = new(ResourceKinds.RouteOption);

    public KindTracker VirtualHostOptions { get; } = new(ResourceKinds.VirtualHostOption);

    public KindTracker MatchableHttpGateways { get; } = new(ResourceKinds.MatchableHttpGateway);

    public KindTracker MatchableTcpGateways { get; } = new(ResourceKinds.MatchableTcpGateway);

    /// <summary>Whether the last view brought anything new.</summary>
    public bool HaveChanged => Array.Exists(_all, kind => kind.Changes.Count > 0);

    /// <summary>Goes on to the next view.</summary>
    public void Advance(CatalogView view, WatchedNamespaces watched)
    {
        foreach (var kind in _all) kind.Advance(view, watched);
    }
}
