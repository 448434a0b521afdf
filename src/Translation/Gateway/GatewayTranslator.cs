using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Translates Gateways, VirtualServices, RouteTables and options to Proxies (gateway-translation 1). Pure: the memo
/// changes how long it takes, never the result.
/// </summary>
public static class GatewayTranslator
{
    /// <summary>The Proxy of this name. Never throws on any input: what is wrong with that is in the reports.</summary>
    /// <param name="view">All inputs.</param>
    /// <param name="proxy">Which Proxy.</param>
    /// <param name="memo">
    /// Pieces of the translation before, of whatever view; not to be used by two calls at once.
    /// </param>
    public static GatewayTranslation Translate(CatalogView view, ProxyId proxy, GatewayMemo memo)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(memo);
        var state = memo.Take(proxy, EdgeSettings.Of(view));
        var result = state.Advance(view);
        memo.Keep(state);
        return StoredProxies.Apply(view, result);
    }
}
