using System.Net;
using Stagedoor.Api.Core;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The ready endpoints of a Service's port (envoy-translation 6 and 7.2), each address once, in order.
/// </summary>
internal static class KubeEndpoints
{
    public static IEnumerable<EnvoyEndpoint.LbEndpoint> Of(
        ServiceEndpoints endpoints, Service service, ServicePort port)
    {
        var hosts = new SortedSet<(string Address, int Port)>();
        foreach (var slice in endpoints.Slices)
        {
            var body = slice.As<EndpointSlice>();
            if (body.AddressType == "FQDN" || PortOf(body.Ports, service, port) is not { } number) continue;
            foreach (var endpoint in body.Endpoints)
                if (endpoint.Ready && endpoint.Addresses.Length > 0)
                    hosts.Add((endpoint.Addresses[0], number));
        }

        // Slices are what Kubernetes keeps up to date; the older object counts only where there are none.
        if (endpoints.Slices.IsEmpty && endpoints.Endpoints?.Body is Endpoints older)
        {
            foreach (var subset in older.Subsets)
                if (PortOf(subset.Ports, service, port) is { } number)
                    foreach (var address in subset.Addresses)
                        hosts.Add((address.Ip, number));
        }

        return hosts.Where(host => IPAddress.TryParse(host.Address, out _)).Select(Endpoint);
    }

    // A Service with one port takes the last port of the endpoints, whatever its name.
    private static int? PortOf(
        System.Collections.Immutable.ImmutableArray<EndpointPort> ports, Service service, ServicePort port)
    {
        var match = ports.LastOrDefault(candidate =>
            candidate.Protocol == "TCP" && (service.Ports.Length == 1 || candidate.Name == port.Name));
        return match is { Port: > 0 and <= 65535 } ? match.Port : null;
    }

    private static EnvoyEndpoint.LbEndpoint Endpoint((string Address, int Port) host) => new()
    {
        Endpoint = new EnvoyEndpoint.Endpoint
        {
            Address = new EnvoyCore.Address
            {
                SocketAddress = new EnvoyCore.SocketAddress { Address = host.Address, PortValue = (uint)host.Port },
            },
        },
    };
}
