using System.Collections.Immutable;
using Stagedoor.Xds;
using Hcm = Envoy.Extensions.Filters.Network.HttpConnectionManager.V3.HttpConnectionManager;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>A filter chain of a listener with a connection manager, and its routes.</summary>
/// <param name="Listener">Name of the listener.</param>
/// <param name="Port">Port that it binds.</param>
/// <param name="Chain">The filter chain.</param>
/// <param name="Manager">Its connection manager.</param>
/// <param name="Routes">The route configuration that it refers to.</param>
public sealed record CheckedChain(
    string Listener, uint Port, EnvoyListener.FilterChain Chain, Hcm Manager, EnvoyRoute.RouteConfiguration Routes)
{
    /// <summary>Whether clients must speak TLS.</summary>
    public bool IsTls => Chain.TransportSocket is not null;

    /// <summary>Server names (SNI) that lead here; empty for any.</summary>
    public IReadOnlyList<string> ServerNames => Chain.FilterChainMatch?.ServerNames ?? [];

    /// <summary>All filter chains for HTTP of a translation, in the order of listeners and chains.</summary>
    public static ImmutableArray<CheckedChain> Of(ProxyTranslation translation)
    {
        ArgumentNullException.ThrowIfNull(translation);
        var routes = translation.Resources
            .Where(resource => resource.Type == XdsType.RouteConfiguration)
            .ToDictionary(resource => resource.Name, StringComparer.Ordinal);
        var chains = ImmutableArray.CreateBuilder<CheckedChain>();
        foreach (var resource in translation.Resources.Where(resource => resource.Type == XdsType.Listener))
        {
            var listener = EnvoyListener.Listener.Parser.ParseFrom(resource.Bytes.Span);
            foreach (var chain in listener.FilterChains)
            {
                var filter = chain.Filters.FirstOrDefault(filter => filter.TypedConfig?.Is(Hcm.Descriptor) == true);
                if (filter is null) continue;
                var manager = filter.TypedConfig.Unpack<Hcm>();
                if (!routes.TryGetValue(manager.Rds?.RouteConfigName ?? "", out var encoded)) continue;
                chains.Add(new CheckedChain(
                    listener.Name, listener.Address.SocketAddress?.PortValue ?? 0, chain, manager,
                    EnvoyRoute.RouteConfiguration.Parser.ParseFrom(encoded.Bytes.Span)));
            }
        }

        return chains.ToImmutable();
    }

    /// <summary>
    /// Of the chains of one listener the one that takes a connection: the most specific server name, TLS or not as the
    /// client speaks; null if the connection would be closed. Addresses of clients are not considered.
    /// </summary>
    public static CheckedChain? Choose(IEnumerable<CheckedChain> chains, string scheme, string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var colon = host.LastIndexOf(':');
        var name = colon < 0 || host.EndsWith(']') ? host : host[..colon];
        return chains
            .Where(chain => chain.IsTls == (scheme == "https"))
            .Select(chain => (Chain: chain, Rank: Rank(chain, name)))
            .Where(candidate => candidate.Rank >= 0)
            .OrderByDescending(candidate => candidate.Rank)
            .Select(candidate => candidate.Chain)
            .FirstOrDefault();
    }

    private static int Rank(CheckedChain chain, string host)
    {
        if (!chain.IsTls || chain.ServerNames.Count == 0) return chain.ServerNames.Count == 0 ? 0 : -1;
        return chain.ServerNames.Max(name =>
            string.Equals(name, host, StringComparison.OrdinalIgnoreCase) ? int.MaxValue
            : name.StartsWith("*.", StringComparison.Ordinal)
                && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase) ? name.Length
            : name is "*" ? 0 : -1);
    }
}
