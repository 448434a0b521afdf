using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Explain;

/// <summary>Explains VirtualServices: which Gateways took them, and the gates of those that did not.</summary>
internal static class VirtualServices
{
    public static void Explain(Findings findings, Resource service)
    {
        var hasGateway = false;
        foreach (var proxy in findings.Inputs.Proxies)
        {
            foreach (var unit in proxy.Units)
            {
                hasGateway = true;
                Unit(findings, service, proxy, unit);
            }
        }

        if (!hasGateway) findings.Miss(Gateways.NoneRead(findings.Inputs));
    }

    /// <summary>The places of a VirtualService's virtual host in what Envoy gets.</summary>
    public static IEnumerable<Place> Places(
        ExplainedProxy proxy, GatewayUnit unit, HostMember member, Func<EnvoyRoute.Route, bool> isWanted)
    {
        var name = ExplainedProxy.NameInEnvoy(member.Piece.Host);
        var listener = unit.Listener!.Name;
        foreach (var routes in proxy.RoutesOf(listener))
        {
            foreach (var host in proxy.HostsOf(routes, name))
            {
                var wanted = host.Routes.Where(isWanted).ToList();
                yield return new Place(proxy.Id)
                {
                    Gateway = unit.Gateway.Key,
                    Listener = listener,
                    RouteConfiguration = routes.Name,
                    VirtualHosts = [host.Name],
                    Domains = [.. host.Domains],
                    Routes = [.. wanted.Select(route => route.Name)],
                    Clusters = [.. wanted.SelectMany(RouteClusters.Of).Distinct().Order(StringComparer.Ordinal)],
                };
            }
        }
    }

    private static void Unit(Findings findings, Resource service, ExplainedProxy proxy, GatewayUnit unit)
    {
        var gateway = unit.Gateway.Key;
        var parts = unit.Parts.Where(part => part.Set is not null).ToList();
        if (parts.Count == 0)
        {
            findings.Miss(new MissedGate(
                Gate.GatewayType, $"{gateway} has no HTTP part that could serve VirtualServices",
                "give a Gateway httpGateway, or hybridGateway with an HTTP gateway among its parts")
            {
                At = gateway,
                Proxy = proxy.Id,
            });
        }

        foreach (var part in parts)
        {
            if (part.Set!.Selector.Gate(service) is { } gate)
                findings.Miss(SelectionGates.Missed(gate, service, unit, part) with { Proxy = proxy.Id });
            else Selected(findings, service, proxy, unit, part);
        }
    }

    private static void Selected(
        Findings findings, Resource service, ExplainedProxy proxy, GatewayUnit unit, SubGateway part)
    {
        var member = part.Set!.Find(service.Key);
        if (member is null || !proxy.Listens(unit))
        {
            findings.Miss(Gateways.NotListening(proxy, unit));
            return;
        }

        if (member.Host is null)
        {
            var conflict = member.Conflicts.FirstOrDefault(said => said.Severity == Severity.Error)?.Message;
            findings.Miss(new MissedGate(
                Gate.Domains,
                conflict ?? "older VirtualServices of the Gateway have all of its domains",
                "claim another domain, or remove the domain from the other VirtualService")
            {
                At = unit.Gateway.Key,
                Proxy = proxy.Id,
            });
            return;
        }

        var places = Places(proxy, unit, member, _ => true).ToList();
        foreach (var place in places) findings.Add(place with { By = [Selection(unit, part)] });
        if (places.Count == 0) findings.Miss(Gateways.NotServed(proxy, unit));
    }

    private static string Selection(GatewayUnit unit, SubGateway part)
    {
        var http = part.Field;
        var gateway = unit.Gateway.As<Edge.Gateway>();
        var port = gateway.BindPort.ToString(CultureInfo.InvariantCulture);
        return $"{unit.Gateway.Key} {http} ({gateway.BindAddress}:{port})";
    }
}
