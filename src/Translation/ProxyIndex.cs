using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Stagedoor.Translation.KubeGateway;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation;

/// <summary>Which Proxies and Upstreams there are.</summary>
public static partial class ProxyIndex
{
    private static readonly Comparer<ProxyId> ProxyIdOrder = Comparer<ProxyId>.Create(static (a, b) =>
    {
        var order = string.CompareOrdinal(a.Namespace, b.Namespace);
        return order == 0 ? string.CompareOrdinal(a.Name, b.Name) : order;
    });

    /// <summary>No Proxies; sets made of it are ordered by namespace and name.</summary>
    internal static readonly ImmutableSortedSet<ProxyId> NoProxies = ImmutableSortedSet.Create<ProxyId>(ProxyIdOrder);

    /// <summary>
    /// The Proxies that Gateways feed, in the write namespace, and those that are stored as objects. One whose Gateways
    /// have nothing to listen for is among them: its reports are still wanted.
    /// </summary>
    public static ImmutableSortedSet<ProxyId> Proxies(CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var settings = EdgeSettings.Of(view);
        var proxies = ImmutableSortedSet.CreateBuilder<ProxyId>(ProxyIdOrder);
        foreach (var gateway in Listing.Of(view, ResourceKinds.Gateway))
        {
            if (!settings.Enabled || !settings.Reads(gateway.Key)) continue;
            foreach (var name in ProxyNames.Of(gateway.As<Edge.Gateway>()))
                proxies.Add(new ProxyId(settings.WriteNamespace, name));
        }

        foreach (var stored in Listing.Of(view, ResourceKinds.Proxy))
        {
            if (StoredProxies.IsServed(stored, settings))
                proxies.Add(new ProxyId(stored.Key.Namespace, stored.Key.Name));
        }

        proxies.UnionWith(KubeProxies.All(view));
        return proxies.ToImmutable();
    }
}
