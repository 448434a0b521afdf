using System.Globalization;
using Solo.Core;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Listeners that share a port as one listener of the Proxy (gateway-translation 2.5, 2.6).</summary>
internal static class ListenerAssembly
{
    /// <summary>The listeners of the Proxy, in the order of the Gateway's.</summary>
    public static IEnumerable<Listener> Build(
        Resource gateway, IReadOnlyList<ListenerState> listeners, string bindAddress, CatalogView view) =>
        listeners.Where(listener => listener.IsValid).GroupBy(listener => listener.ProxyPort)
            .Select(port => Build(gateway, [.. port], bindAddress, view)).OfType<Listener>();

    private static Listener? Build(
        Resource gateway, List<ListenerState> merged, string bindAddress, CatalogView view)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"listener~{merged[0].Listener.Port}");
        var aggregate = new AggregateListener { HttpResources = new AggregateListener.Types.HttpResources() };
        var plain = merged.FindAll(listener => !listener.IsTls);
        if (plain.Count > 0)
        {
            var chain = new AggregateListener.Types.HttpFilterChain { Matcher = new Matcher() };
            foreach (var (host, virtualHost) in HostTable.Of(plain, view))
                Add(aggregate, chain, $"{name}~{host}", host, virtualHost, gateway);
            aggregate.HttpFilterChains.Add(chain);
        }

        foreach (var listener in merged.Where(listener => listener is { IsTls: true, Certificate: not null }))
        {
            var chain = new AggregateListener.Types.HttpFilterChain
            {
                Matcher = new Matcher { SslConfig = Ssl(listener) },
            };
            foreach (var (host, virtualHost) in HostTable.Of([listener], view))
                Add(aggregate, chain, $"{listener.Listener.Name}~{host}", host, virtualHost, gateway);
            aggregate.HttpFilterChains.Add(chain);
        }

        return aggregate.HttpFilterChains.Count == 0 ? null : new Listener
        {
            Name = name,
            BindAddress = bindAddress,
            BindPort = (uint)merged[0].ProxyPort,
            AggregateListener = aggregate,
            MetadataStatic = KubeSources.MetadataOf(gateway),
        };
    }

    private static void Add(
        AggregateListener aggregate, AggregateListener.Types.HttpFilterChain chain, string name, string host,
        IEnumerable<RankedRoute> routes, Resource gateway)
    {
        var key = name.Replace('.', '_');
        var virtualHost = new VirtualHost
        {
            Name = key,
            Domains = { host },
            MetadataStatic = KubeSources.MetadataOf(gateway),
        };
        virtualHost.Routes.Add(routes.OrderBy(route => route.Rank).Select(route => route.Route));
        aggregate.HttpResources.VirtualHosts[key] = virtualHost;
        chain.VirtualHostRefs.Add(key);
    }

    private static SslConfig Ssl(ListenerState listener)
    {
        var config = new SslConfig
        {
            SecretRef = new ResourceRef
            {
                Name = listener.Certificate!.Value.Name,
                Namespace = listener.Certificate.Value.Namespace,
            },
            OneWayTls = true,
        };
        if (listener.Listener.Hostname is { } host) config.SniDomains.Add(host);
        return config;
    }
}
