using Stagedoor.Api;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>
/// The virtual hosts of a filter chain. A request meets the listener with the most specific hostname and no other
/// (listener isolation): a host belongs to that listener, and one that has no routes answers 404 for its hostname.
/// </summary>
internal static class HostTable
{
    /// <summary>The routes of each host, ordered by host.</summary>
    public static SortedDictionary<string, List<RankedRoute>> Of(
        IReadOnlyList<ListenerState> listeners, CatalogView view)
    {
        var hosts = new SortedDictionary<string, List<RankedRoute>>(StringComparer.Ordinal);
        foreach (var listener in listeners)
        {
            hosts.TryAdd(listener.Host, []);
            foreach (var attached in listener.Routes)
            {
                var mine = attached.Hosts.Where(host => OwnerOf(host, listeners) == listener).ToList();
                if (mine.Count == 0) continue;
                var routes = RouteBuilder.Build(attached.Route, listener, view).ToList();
                foreach (var host in mine)
                {
                    if (!hosts.TryGetValue(host, out var list)) hosts[host] = list = [];
                    list.AddRange(routes);
                }
            }
        }

        return hosts;
    }

    private static ListenerState? OwnerOf(string host, IReadOnlyList<ListenerState> listeners) =>
        listeners.Where(listener => Hostnames.Covers(listener.Host, host))
            .MaxBy(listener => listener.Host == Hostnames.Any ? 0 : listener.Host.Length);
}
