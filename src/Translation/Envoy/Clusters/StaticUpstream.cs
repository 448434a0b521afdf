using System.Globalization;
using System.Net;
using Google.Protobuf.WellKnownTypes;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;
using DnsLookupFamily = Envoy.Config.Cluster.V3.Cluster.Types.DnsLookupFamily;
using Host = Solo.Gloo.Options.Static.Host;
using Spec = Solo.Gloo.Options.Static.UpstreamSpec;

namespace Stagedoor.Translation.Envoy;

/// <summary>Upstreams of type <c>static</c>: hosts by address or name (envoy-translation 7.3).</summary>
internal static class StaticUpstream
{
    private const string SocketMatch = "envoy.transport_socket_match";
    private const string AdvancedHttp = "io.solo.health_checkers.advanced_http";

    public static void Apply(ClusterScope cluster, Spec spec)
    {
        var output = cluster.Output;
        output.Type = DiscoveryType.Static;
        if (spec.Hosts.Count == 0)
            cluster.Error("cluster type STATIC specified but LoadAssignment was empty: no hosts");
        foreach (var host in spec.Hosts) Check(cluster, host);
        if (spec.Hosts.Any(host => !IsIp(host.Addr)))
        {
            output.Type = DiscoveryType.StrictDns;
            output.DnsLookupFamily = DnsLookupFamily.V4Only;
        }

        output.LoadAssignment = Assignment(output.Name, spec.Hosts.Select(host => Endpoint(cluster, spec, host)));
        var isTls = spec.UseTls ?? spec.Hosts.Any(host => host.Port == 443);
        if (isTls && output.TransportSocket is null)
        {
            var sni = spec.Hosts.Select(host => host.Addr).FirstOrDefault(addr => !IsIp(addr)) ?? "";
            output.TransportSocket = UpstreamTls.Socket(cluster, sni);
        }

        SocketMatches(cluster, spec);
    }

    /// <summary>One locality with all endpoints, as Gloo writes it.</summary>
    public static EnvoyEndpoint.ClusterLoadAssignment Assignment(
        string name, IEnumerable<EnvoyEndpoint.LbEndpoint> endpoints)
    {
        var locality = new EnvoyEndpoint.LocalityLbEndpoints();
        locality.LbEndpoints.AddRange(endpoints);
        var assignment = new EnvoyEndpoint.ClusterLoadAssignment { ClusterName = name };
        if (locality.LbEndpoints.Count > 0) assignment.Endpoints.Add(locality);
        return assignment;
    }

    private static void Check(ClusterScope cluster, Host host)
    {
        if (host.Addr.Length == 0) cluster.Error("addr cannot be empty for host");
        if (host.Port is 0 or > 65535) cluster.Error($"port must be between 1 and 65535 for host '{host.Addr}'");
        if (host.LoadBalancingWeight is 0)
            cluster.Error($"loadBalancingWeight must be at least 1 for host '{host.Addr}'");
        if (host.Addr.Any(c => c is <= ' ' or '\x7f'))
            cluster.Error("addr must not contain blanks or control characters");
        if (host.HealthCheckConfig is not null && (
                host.HealthCheckConfig.Path.Length > 0 || host.HealthCheckConfig.Method.Length > 0))
        {
            cluster.Error(
                "Could not load configuration for the following Enterprise features: [advanced_http]",
                EnvoyCodes.UnsupportedOption);
        }
    }

    private static EnvoyEndpoint.LbEndpoint Endpoint(ClusterScope cluster, Spec spec, Host host)
    {
        var health = cluster.Upstream.HealthChecks.FirstOrDefault()?.HttpHealthCheck?.Host;
        var endpoint = new EnvoyEndpoint.LbEndpoint
        {
            Endpoint = new EnvoyEndpoint.Endpoint
            {
                Hostname = host.Addr,
                Address = new EnvoyCore.Address
                {
                    SocketAddress = new EnvoyCore.SocketAddress { Address = host.Addr, PortValue = host.Port },
                },
                HealthCheckConfig = new EnvoyEndpoint.Endpoint.Types.HealthCheckConfig
                {
                    Hostname = string.IsNullOrEmpty(health) ? host.Addr : health,
                },
            },
            LoadBalancingWeight = host.LoadBalancingWeight,
        };
        var metadata = new SortedDictionary<string, Struct>(StringComparer.Ordinal);
        foreach (var (key, value) in host.Metadata)
            if (key is not (SocketMatch or AdvancedHttp))
                metadata[key] = Structs.Sorted(value);
        if (SniOf(spec, host) is { Length: > 0 } sni)
            metadata[SocketMatch] = new Struct { Fields = { [MatchName(sni, host)] = Value.ForBool(true) } };
        if (metadata.Count > 0) endpoint.Metadata = Structs.Metadata(metadata);
        return endpoint;
    }

    private static void SocketMatches(ClusterScope cluster, Spec spec)
    {
        if (UpstreamTls.ContextOf(cluster.Output.TransportSocket) is not { } context) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var host in spec.Hosts)
        {
            var sni = SniOf(spec, host);
            if (sni.Length == 0 || !seen.Add(MatchName(sni, host))) continue;
            var own = context.Clone();
            own.Sni = sni;
            cluster.Output.TransportSocketMatches.Add(new EnvoyCluster.Cluster.Types.TransportSocketMatch
            {
                Name = MatchName(sni, host),
                Match = new Struct { Fields = { [MatchName(sni, host)] = Value.ForBool(true) } },
                TransportSocket = UpstreamTls.Rewrap(cluster.Output.TransportSocket!, own),
            });
        }
    }

    private static string SniOf(Spec spec, Host host) =>
        host.SniAddr.Length > 0 ? host.SniAddr : spec.AutoSniRewrite == false ? "" : host.Addr;

    private static string MatchName(string sni, Host host) =>
        string.Create(CultureInfo.InvariantCulture, $"{sni};{host.Addr}:{host.Port}");

    private static bool IsIp(string address) => IPAddress.TryParse(address, out _);
}
