using System.Collections.Immutable;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Touching;

/// <summary>A resource with all that it looks for in others.</summary>
internal sealed class ResourceNode
{
    /// <param name="resource">The resource; its body is a message.</param>
    /// <param name="settings">The Settings in force: which Gateways count.</param>
    public ResourceNode(Resource resource, EdgeSettings settings)
    {
        Resource = resource;
        var names = new HashSet<ObjectName>();
        var message = resource.As<IMessage>();
        ReferencePlan.Of(message.Descriptor).Collect(message, names);
        Names = [.. names];
        switch (message)
        {
            case Edge.Gateway gateway:
                Proxies = settings.Enabled && settings.Reads(resource.Key)
                    ? [.. ProxyNames.Of(gateway).Select(name => new ProxyId(settings.WriteNamespace, name))]
                    : [];
                VirtualServices = [.. Http(gateway)];
                Matchables = [.. Delegated(gateway.HybridGateway)];
                break;
            case Edge.MatchableHttpGateway matchable:
                VirtualServices = [new VirtualServiceSelector(
                    matchable.HttpGateway ?? new Edge.HttpGateway(), matchable.Matcher?.SslConfig is not null)];
                break;
            case Edge.VirtualService service:
                Queries = [.. Delegating(service.VirtualHost?.Routes ?? [])];
                break;
            case Edge.RouteTable table:
                Queries = [.. Delegating(table.Routes)];
                break;
            case Solo.Gloo.Proxy:
                Proxies = [new ProxyId(resource.Key.Namespace, resource.Key.Name)];
                break;
        }
    }

    /// <summary>The resource.</summary>
    public Resource Resource { get; }

    /// <summary>Objects that it refers to, existing or not.</summary>
    public ImmutableArray<ObjectName> Names { get; }

    /// <summary>The Proxies that are made of it directly.</summary>
    public ImmutableArray<ProxyId> Proxies { get; } = [];

    /// <summary>Selections of VirtualServices.</summary>
    public ImmutableArray<VirtualServiceSelector> VirtualServices { get; } = [];

    /// <summary>Selections of matchable gateways.</summary>
    public ImmutableArray<(ResourceKind Kind, MatchableSelection Selection)> Matchables { get; } = [];

    /// <summary>Selections of RouteTables.</summary>
    public ImmutableArray<RouteTableQuery> Queries { get; } = [];

    /// <summary>Whether a VirtualService is selected.</summary>
    public bool SelectsService(Resource service)
    {
        foreach (var selector in VirtualServices)
            if (selector.Selects(service))
                return true;
        return false;
    }

    /// <summary>Whether a matchable gateway is selected.</summary>
    public bool SelectsMatchable(Resource matchable)
    {
        foreach (var (kind, selection) in Matchables)
            if (matchable.Key.Is(kind) && selection.Selects(matchable))
                return true;
        return false;
    }

    private static IEnumerable<VirtualServiceSelector> Http(Edge.Gateway gateway)
    {
        if (gateway.HttpGateway is { } http) yield return new VirtualServiceSelector(http, gateway.Ssl);
        foreach (var matched in gateway.HybridGateway?.MatchedGateways ?? [])
            if (matched.HttpGateway is { } part)
                yield return new VirtualServiceSelector(part, matched.Matcher?.SslConfig is not null);
    }

    private static IEnumerable<(ResourceKind, MatchableSelection)> Delegated(Edge.HybridGateway? hybrid)
    {
        if (hybrid is null || hybrid.MatchedGateways.Count > 0) yield break;
        if (hybrid.DelegatedHttpGateways is { } http)
            yield return (ResourceKinds.MatchableHttpGateway, MatchableSelection.Of(http));
        if (hybrid.DelegatedTcpGateways is { } tcp)
            yield return (ResourceKinds.MatchableTcpGateway, MatchableSelection.Of(tcp));
    }

    private IEnumerable<RouteTableQuery> Delegating(IEnumerable<Edge.Route> routes)
    {
        foreach (var route in routes)
            if (route.DelegateAction is { } action
                && RouteTableQuery.Of(action, Resource.Key.Namespace, out _) is { } query)
                yield return query;
    }
}
