using System.Collections.Immutable;
using Stagedoor.Actors;
using Stagedoor.Api;
using Stagedoor.Translation;

namespace Stagedoor.Host.Serving;

/// <summary>The moment at which a start is over.</summary>
internal static class FirstSnapshots
{
    /// <summary>Whether the sources have answered and every Proxy of theirs is served from their answer.</summary>
    public static bool AreComplete(CatalogView view, ImmutableArray<ProxyInfo> proxies)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (!view.IsSynced) return false;
        var served = proxies
            .Where(proxy => proxy is { Snapshot: not null, IsFromJournal: false })
            .Select(proxy => proxy.Proxy)
            .ToHashSet();
        return ProxyIndex.Proxies(view).All(served.Contains);
    }
}
