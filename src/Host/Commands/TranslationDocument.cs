using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation;
using Stagedoor.Translation.Statuses;

namespace Stagedoor.Host.Commands;

/// <summary>
/// The whole translation of one view: what <c>stagedoor translate</c> writes and what it complains of.
/// </summary>
internal sealed class TranslationDocument
{
    private readonly CatalogView _view;
    private readonly ImmutableArray<ProxyTranslation> _proxies;
    private readonly ImmutableArray<UpstreamTranslation> _upstreams;

    /// <summary>Translates every Proxy and Upstream of a view from scratch.</summary>
    public TranslationDocument(CatalogView view)
    {
        _view = view;
        _proxies =
        [
            .. ProxyIndex.Proxies(view).Select(proxy => ProxyTranslator.Translate(
                view, proxy, new TranslationMemo { Now = TimeProvider.System.GetUtcNow() })),
        ];
        _upstreams = [.. ProxyIndex.Upstreams(view).Select(upstream => UpstreamTranslator.Translate(view, upstream))];
    }

    /// <summary>Everything that there is to say, each thing once, with the place it was read from.</summary>
    public IEnumerable<Diagnostic> Diagnostics => _view.Diagnostics
        .Concat(_proxies.SelectMany(proxy => proxy.Reports).SelectMany(r => Placed(r.Resource, r.Diagnostics)))
        .Concat(_upstreams.SelectMany(upstream => Placed(upstream.Upstream, upstream.Diagnostics)))
        .Distinct();

    /// <summary>Writes the document.</summary>
    public void Write(Stream output)
    {
        var statuses = StatusJson.Of(
            _view,
            [
                .. _proxies.Select(p => new ProxyReportSet(p.Proxy, p.GlooProxy is not null, p.Reports)
                {
                    Kube = p.Kube,
                }),
            ],
            _upstreams.Select(upstream => (upstream.Upstream, upstream.Diagnostics)));
        TranslationJson.Write(output, _proxies, statuses.Select(status => status.ToJsonString()));
    }

    private IEnumerable<Diagnostic> Placed(ResourceKey resource, ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Select(diagnostic => diagnostic with
        {
            Resource = diagnostic.Resource ?? resource,
            Source = diagnostic.Source ?? _view.Find(resource)?.Source,
        });
}
