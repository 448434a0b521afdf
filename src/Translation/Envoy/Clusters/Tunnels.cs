using Stagedoor.Translation.Validation;
using Stagedoor.Xds;
using DiscoveryType = Envoy.Config.Cluster.V3.Cluster.Types.DiscoveryType;
using Proxy = Envoy.Extensions.Filters.Network.TcpProxy.V3.TcpProxy;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>httpProxyHostname</c> of an Upstream: its connections go through an HTTP CONNECT tunnel (envoy-translation 5.8).
/// The cluster of the Upstream's name leads to a listener of the proxy itself, which opens the tunnels over the
/// original cluster.
/// </summary>
internal static class Tunnels
{
    // sockaddr_un.sun_path, less the byte that makes it abstract.
    private const int MaxPath = 107;

    public static void Apply(ClusterScope cluster)
    {
        if (cluster.Upstream.HttpProxyHostname is not { Length: > 0 } hostname) return;
        var original = cluster.Output;
        var path = "@/" + original.Name;
        if (path.Length > MaxPath) cluster.Error($"httpProxyHostname: the socket {path} has more than {MaxPath} bytes");
        if (HeaderChecks.CheckValue(hostname) is { } why) cluster.Error($"httpProxyHostname: {why}");
        var front = new EnvoyCluster.Cluster
        {
            Name = original.Name,
            Type = DiscoveryType.Static,
            ConnectTimeout = Durations.Seconds(5),
            TransportSocket = original.TransportSocket,
            LoadAssignment = StaticUpstream.Assignment(original.Name, [new EnvoyEndpoint.LbEndpoint
            {
                Endpoint = new EnvoyEndpoint.Endpoint
                {
                    Address = new EnvoyCore.Address { Pipe = new EnvoyCore.Pipe { Path = path } },
                },
            }]),
        };
        original.Name += "_original";
        original.TransportSocketMatches.Clear();
        original.TransportSocket = cluster.Upstream.HttpConnectSslConfig is { } ssl
            && UpstreamTls.Of(cluster, ssl) is { } context
            ? UpstreamTls.Wrap(context)
            : null;
        var listener = Listener(cluster, front.Name, original.Name, path, hostname);
        foreach (var violation in MessageValidator.Validate(listener))
            cluster.Error($"Envoy would reject the tunnel: {violation}");
        cluster.Output = front;
        cluster.Others.Add(EncodedResource.Encode(XdsType.Cluster, original.Name, original, new ResourceRefs
        {
            Assignments = cluster.Assignment is null ? [] : [front.Name],
            Secrets = cluster.Secrets.Names,
            WarmsSlowly = original.HealthChecks.Count > 0 || !cluster.Secrets.Names.IsEmpty
                || original.Type is DiscoveryType.StrictDns or DiscoveryType.LogicalDns,
        }));
        cluster.Others.Add(EncodedResource.Encode(
            XdsType.Listener, listener.Name, listener, new ResourceRefs { Clusters = [original.Name] }));
    }

    private static EnvoyListener.Listener Listener(
        ClusterScope cluster, string name, string original, string path, string hostname)
    {
        var tunnel = new Proxy.Types.TunnelingConfig { Hostname = hostname };
        foreach (var header in cluster.Upstream.HttpConnectHeaders)
        {
            if ((HeaderChecks.CheckName(header.Key) ?? HeaderChecks.CheckValue(header.Value)) is { } why)
                cluster.Error($"httpConnectHeaders: {why}");
            tunnel.HeadersToAdd.Add(new EnvoyCore.HeaderValueOption
            {
                Header = new EnvoyCore.HeaderValue { Key = header.Key, Value = header.Value },
                Append = false,
            });
        }

        return new EnvoyListener.Listener
        {
            Name = "solo_io_generated_self_listener_" + name,
            Address = new EnvoyCore.Address { Pipe = new EnvoyCore.Pipe { Path = path } },
            FilterChains =
            {
                new EnvoyListener.FilterChain
                {
                    Filters =
                    {
                        new EnvoyListener.Filter
                        {
                            Name = "tcp",
                            TypedConfig = AnyTypes.Pack(new Proxy
                            {
                                StatPrefix = "soloioTcpStats" + name,
                                Cluster = original,
                                TunnelingConfig = tunnel,
                            }),
                        },
                    },
                },
            },
        };
    }
}
