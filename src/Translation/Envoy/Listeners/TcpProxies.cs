using Envoy.Extensions.Filters.Network.SniCluster.V3;
using Google.Protobuf.Collections;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;
using DestinationCase = Solo.Gloo.TcpHost.Types.TcpAction.DestinationOneofCase;
using Proxy = Envoy.Extensions.Filters.Network.TcpProxy.V3.TcpProxy;
using Settings = Solo.Gloo.Options.Tcp.TcpProxySettings;

namespace Stagedoor.Translation.Envoy;

/// <summary>The TCP proxy of a host and where it leads (envoy-translation 2.4).</summary>
internal static class TcpProxies
{
    /// <summary>The filter; null if the host cannot be served.</summary>
    public static EnvoyListener.Filter? Of(
        ListenerScope listener, GlooV1.TcpListener tcp, GlooV1.TcpHost host, List<Problem> problems)
    {
        var proxy = new Proxy { StatPrefix = tcp.StatPrefix.Length > 0 ? tcp.StatPrefix : "tcp" };
        var scope = new Scope(listener, problems);
        scope.Options(tcp.Options?.TcpProxySettings, proxy);
        scope.Destination(host.Destination, proxy);
        proxy.AccessLog.AddRange(AccessLogs.Of(
            listener, listener.Input.Options?.AccessLoggingService, "accessLoggingService"));
        return problems.Exists(problem => problem.Severity == Severity.Error)
            ? null
            : new EnvoyListener.Filter
            {
                Name = "envoy.filters.network.tcp_proxy",
                TypedConfig = AnyTypes.Pack(proxy),
            };
    }

    /// <summary>The filter that makes the server name of TLS the name of the cluster.</summary>
    public static EnvoyListener.Filter SniCluster() => new()
    {
        Name = "envoy.filters.network.sni_cluster",
        TypedConfig = AnyTypes.Pack(new SniCluster()),
    };

    private readonly struct Scope(ListenerScope listener, List<Problem> problems)
    {
        public void Options(Settings? settings, Proxy proxy)
        {
            if (settings is null) return;
            if (settings.MaxConnectAttempts is 0) Error("tcpProxySettings.maxConnectAttempts must be at least 1");
            proxy.MaxConnectAttempts = settings.MaxConnectAttempts;
            if (settings.IdleTimeout is { } idle && !Durations.IsValid(idle))
                Error("tcpProxySettings.idleTimeout must not be negative");
            proxy.IdleTimeout = settings.IdleTimeout;
            if (settings.AccessLogFlushInterval is { } flush)
            {
                if (!Durations.IsValid(flush) || Durations.Milliseconds(flush) < 1)
                    Error("tcpProxySettings.accessLogFlushInterval must be at least 1 ms");
                proxy.AccessLogOptions = new Proxy.Types.TcpAccessLogOptions { AccessLogFlushInterval = flush };
            }

            if (settings.TunnelingConfig is { } tunnel) Tunnel(tunnel, proxy);
        }

        public void Destination(GlooV1.TcpHost.Types.TcpAction? action, Proxy proxy)
        {
            switch (action?.DestinationCase ?? DestinationCase.None)
            {
                case DestinationCase.Single:
                    proxy.Cluster = Cluster(action!.Single, "");
                    break;
                case DestinationCase.Multi:
                    proxy.WeightedClusters = Weighted(action!.Multi.Destinations, "");
                    break;
                case DestinationCase.UpstreamGroup:
                    Group(action!.UpstreamGroup, proxy);
                    break;
                case DestinationCase.ForwardSniClusterName:
                    proxy.Cluster = "";
                    break;
                default:
                    Error("no destination specified");
                    break;
            }
        }

        private void Tunnel(Settings.Types.TunnelingConfig tunnel, Proxy proxy)
        {
            if (tunnel.Hostname.Length == 0) Error("tcpProxySettings.tunnelingConfig.hostname is required");
            if (HeaderChecks.CheckValue(tunnel.Hostname) is { } bad)
                Error($"tcpProxySettings.tunnelingConfig.hostname: {bad}");
            var output = new Proxy.Types.TunnelingConfig { Hostname = tunnel.Hostname };
            foreach (var header in tunnel.HeadersToAdd)
            {
                var (name, value) = (header.Header?.Key ?? "", header.Header?.Value ?? "");
                if ((HeaderChecks.CheckName(name) ?? HeaderChecks.CheckValue(value)) is { } why)
                    Error($"tcpProxySettings.tunnelingConfig.headersToAdd: {why}");
                output.HeadersToAdd.Add(new EnvoyCore.HeaderValueOption
                {
                    Header = new EnvoyCore.HeaderValue { Key = name, Value = value },
                    Append = header.Append,
                });
            }

            proxy.TunnelingConfig = output;
        }

        private void Group(Solo.Core.ResourceRef reference, Proxy proxy)
        {
            var group = listener.View.Find<GlooV1.UpstreamGroup>(
                ResourceKinds.UpstreamGroup, reference.Namespace, reference.Name);
            if (group is null)
            {
                Error(
                    $"upstream group not found, (Name: {reference.Name}, Namespace: {reference.Namespace})",
                    EnvoyCodes.UpstreamGroup);
                return;
            }

            proxy.WeightedClusters = Weighted(group.Destinations, reference.Namespace);
        }

        // Envoy refuses a weight of 0, which asks for no connections anyway.
        private Proxy.Types.WeightedCluster Weighted(
            RepeatedField<GlooV1.WeightedDestination> destinations, string defaultNamespace)
        {
            var output = new Proxy.Types.WeightedCluster();
            var total = 0UL;
            foreach (var weighted in destinations)
            {
                var cluster = Cluster(weighted.Destination, defaultNamespace);
                var weight = weighted.Weight ?? 0;
                total += weight;
                if (weight == 0) continue;
                output.Clusters.Add(new Proxy.Types.WeightedCluster.Types.ClusterWeight
                {
                    Name = cluster,
                    Weight = weight,
                });
            }

            if (destinations.Count == 0) Error("there must be at least one destination");
            else if (total == 0) Error("the sum of the weights must be greater than 0");
            else if (total > uint.MaxValue) Error($"the sum of the weights must be at most {uint.MaxValue}");
            return output;
        }

        private string Cluster(GlooV1.Destination? destination, string defaultNamespace)
        {
            if (destination?.Upstream is { Namespace.Length: 0 } && defaultNamespace.Length > 0)
            {
                destination = destination.Clone();
                destination.Upstream.Namespace = defaultNamespace;
            }

            if (Destinations.UpstreamOf(destination) is not { } key)
            {
                Error("a destination names no Upstream");
                return "";
            }

            var upstream = listener.Needs.Upstream(key);
            if (!upstream.Exists) Warn($"*v1.Upstream {{ {key.Namespace}.{key.Name} }} not found", false);
            else if (!upstream.IsServed)
                Warn($"*v1.Upstream {{ {key.Namespace}.{key.Name} }} is invalid and not served", true);
            return EnvoyNames.Cluster(key);
        }

        private void Warn(string message, bool exists) => problems.Add(Problem.Warning(
            exists ? EnvoyCodes.UpstreamInvalid : EnvoyCodes.UpstreamNotFound, message));

        private void Error(string message, string code = EnvoyCodes.InvalidTcpHost) =>
            problems.Add(Problem.Error(code, message));
    }
}
