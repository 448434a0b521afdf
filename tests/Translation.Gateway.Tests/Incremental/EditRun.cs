using Shouldly;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway.Tests.Incremental;

/// <summary>One sequence of edits, followed the way a server does: only what is touched is translated again.</summary>
internal sealed class EditRun
{
    private readonly TouchIndex _index = new();
    private readonly Dictionary<ProxyId, TranslationMemo> _memos = [];
    private readonly Dictionary<ProxyId, string> _proxies = [];
    private readonly Dictionary<ResourceKey, string> _upstreams = [];
    private CatalogView _view = CatalogView.Empty;

    public EditRun(IEnumerable<Resource> start) => Apply([.. start.Select(resource => (resource, false))]);

    /// <summary>Goes on to the next view and checks it.</summary>
    public void Apply(IReadOnlyCollection<(Resource Resource, bool IsRemoved)> batch)
    {
        if (batch.Count == 0) return;

        // Of several edits of one object the last counts.
        var last = batch.GroupBy(edit => edit.Resource.Key).Select(same => same.Last()).ToList();
        var next = _view.With(
            last.Where(edit => !edit.IsRemoved).Select(edit => edit.Resource),
            last.Where(edit => edit.IsRemoved).Select(edit => edit.Resource.Key), [], true);
        var touched = _index.Between(_view, next);
        _view = next;
        var what = string.Join(", ", last.Select(edit => $"{(edit.IsRemoved ? "-" : "+")}{edit.Resource.Key}"));
        Proxies(touched, what);
        Upstreams(touched, what);
    }

    /// <summary>Neither the way here nor the order of the objects matters.</summary>
    public void End()
    {
        var resources = _view.ChangesSince(CatalogView.Empty).Select(_view.Find).OfType<Resource>()
            .OrderByDescending(resource => resource.ContentHash).ToList();
        var fresh = CatalogView.Empty;
        foreach (var resource in resources) fresh = fresh.With([resource with { }], [], [], true);
        foreach (var proxy in ProxyIndex.Proxies(fresh)) Scratch(fresh, proxy).ShouldBe(_proxies[proxy]);
    }

    private static string Scratch(CatalogView view, ProxyId proxy) =>
        Outcome.Of(ProxyTranslator.Translate(view, proxy, new TranslationMemo()));

    private void Proxies(Touched touched, string what)
    {
        var now = ProxyIndex.Proxies(_view);
        foreach (var gone in _proxies.Keys.Where(proxy => !now.Contains(proxy)).ToList())
        {
            touched.Proxies.ShouldContain(gone, $"ceased to be by {what}");
            _proxies.Remove(gone);
        }

        foreach (var proxy in now)
        {
            var scratch = Scratch(_view, proxy);
            if (touched.Proxies.Contains(proxy))
            {
                if (!_memos.TryGetValue(proxy, out var memo)) _memos[proxy] = memo = new TranslationMemo();
                Outcome.Of(ProxyTranslator.Translate(_view, proxy, memo)).ShouldBe(scratch, $"after {what}");
            }
            else
            {
                scratch.ShouldBe(_proxies.GetValueOrDefault(proxy), $"not touched by {what}");
            }

            _proxies[proxy] = scratch;
        }
    }

    private void Upstreams(Touched touched, string what)
    {
        var now = ProxyIndex.Upstreams(_view);
        foreach (var gone in _upstreams.Keys.Where(upstream => !now.Contains(upstream)).ToList())
        {
            touched.Upstreams.ShouldContain(gone, $"ceased to be by {what}");
            _upstreams.Remove(gone);
        }

        foreach (var upstream in now)
        {
            var outcome = Outcome.Of(UpstreamTranslator.Translate(_view, upstream));
            if (!touched.Upstreams.Contains(upstream))
                outcome.ShouldBe(_upstreams.GetValueOrDefault(upstream), $"not touched by {what}");
            _upstreams[upstream] = outcome;
        }
    }
}
