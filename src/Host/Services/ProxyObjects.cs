using System.Collections.Immutable;
using Solo.Core;
using Solo.Gloo;
using Stagedoor.Api;
using Stagedoor.Translation;
using Stagedoor.Translation.Statuses;

namespace Stagedoor.Host.Services;

/// <summary>
/// The Proxy objects of this server's view with their statuses, made when they are asked for. What has been translated
/// once is kept for the next question; the actors have theirs.
/// </summary>
internal sealed class ProxyObjects(Catalog catalog)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ProxyId, TranslationMemo> _memos = [];
    private CatalogView _view = CatalogView.Empty;
    private ImmutableArray<Proxy> _proxies = [];

    /// <summary>All Proxies that listen, ordered by namespace and name.</summary>
    public ImmutableArray<Proxy> Current()
    {
        lock (_gate)
        {
            var view = catalog.Current;
            if (ReferenceEquals(view, _view)) return _proxies;
            var ids = ProxyIndex.Proxies(view);
            foreach (var gone in _memos.Keys.Where(id => !ids.Contains(id)).ToList()) _memos.Remove(gone);
            _proxies = [.. ids.Select(id => Translate(view, id)).OfType<Proxy>()];
            _view = view;
            return _proxies;
        }
    }

    private Proxy? Translate(CatalogView view, ProxyId id)
    {
        if (!_memos.TryGetValue(id, out var memo)) _memos[id] = memo = new TranslationMemo();
        var translation = ProxyTranslator.Translate(view, id, memo);
        if (translation.GlooProxy is not { } input) return null;
        var key = ResourceKey.Of(ResourceKinds.Proxy, id.Namespace, id.Name);
        var said = translation.Reports.Where(report => report.Resource == key).SelectMany(r => r.Diagnostics);
        var proxy = new Proxy { Metadata = input.Metadata, NamespacedStatuses = new NamespacedStatuses() };
        proxy.NamespacedStatuses.Statuses[id.Namespace] = StatusRenderer.Render(said);
        proxy.Listeners.AddRange(input.Listeners);
        return proxy;
    }
}
