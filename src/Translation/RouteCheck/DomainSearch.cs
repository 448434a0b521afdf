namespace Stagedoor.Translation.RouteCheck;

/// <summary>
/// Envoy's search for the virtual host of a host name: exact, then the longest <c>*.suffix</c>, then the longest
/// <c>prefix.*</c>, then <c>*</c>. Case does not count.
/// </summary>
internal static class DomainSearch
{
    /// <summary>The virtual host and the domain that it was found by; null if none takes the host.</summary>
    public static (EnvoyRoute.VirtualHost Host, string Domain)? Find(EnvoyRoute.RouteConfiguration routes, string host)
    {
        var name = routes.IgnorePortInHostMatching ? WithoutPort(host) : host;
        (EnvoyRoute.VirtualHost Host, string Domain)? best = null;
        var bestRank = (Kind: 0, Length: 0);
        foreach (var candidate in routes.VirtualHosts)
        {
            foreach (var domain in candidate.Domains)
            {
                var rank = Rank(domain, name);
                if (rank.CompareTo(bestRank) <= 0) continue;
                bestRank = rank;
                best = (candidate, domain);
            }
        }

        return best;
    }

    private static (int Kind, int Length) Rank(string domain, string host)
    {
        if (string.Equals(domain, host, StringComparison.OrdinalIgnoreCase)) return (4, domain.Length);
        if (domain == "*") return (1, 0);
        if (domain.StartsWith('*'))
        {
            // The star stands for one character at least.
            var matches = host.Length > domain.Length - 1
                && host.EndsWith(domain[1..], StringComparison.OrdinalIgnoreCase);
            return matches ? (3, domain.Length) : default;
        }

        if (!domain.EndsWith('*')) return default;
        return host.Length > domain.Length - 1 && host.StartsWith(domain[..^1], StringComparison.OrdinalIgnoreCase)
            ? (2, domain.Length)
            : default;
    }

    private static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? host : host[..colon];
    }
}
