using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// What a translation of one Proxy leaves for the next one. Owned by one caller; a new one translates from scratch.
/// </summary>
public sealed class GatewayMemo
{
    private ProxyState? _state;

    /// <summary>Takes the state out, so that a failure in the middle of a step leaves none behind.</summary>
    internal ProxyState Take(ProxyId proxy, EdgeSettings settings)
    {
        var state = _state;
        _state = null;
        return state is not null && state.Proxy == proxy && state.Settings == settings
            ? state
            : new ProxyState(proxy, settings);
    }

    internal void Keep(ProxyState state) => _state = state;
}
