using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Google.Protobuf;
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
            .. ProxyIndex.Proxies(view).Select(proxy => ProxyTranslator.Translate(view, proxy, new TranslationMemo())),
        ];
        _upstreams = [.. ProxyIndex.Upstreams(view).Select(upstream => UpstreamTranslator.Translate(view, upstream))];
    }

    /// <summary>Everything that there is to say, each thing once, with the place it was read from.</summary>
    public IEnumerable<Diagnostic> Diagnostics => _view.Diagnostics
        .Concat(_proxies.SelectMany(proxy => proxy.Reports).SelectMany(r => Placed(r.Resource, r.Diagnostics)))
        .Concat(_upstreams.SelectMany(upstream => Placed(upstream.Upstream, upstream.Diagnostics)))
        .Distinct();

    /// <summary>Writes the document.</summary>
    public void Write(Stream output) => TranslationJson.Write(output, _proxies, Statuses().Select(Json));

    // Upstreams that no Proxy uses have a status, too; those that stand for a Service's port are no objects.
    private IEnumerable<ResourceStatus> Statuses()
    {
        var rendered = StatusRenderer.RenderAll(
            _proxies.Select(proxy => new ProxyReportSet(proxy.Proxy, proxy.GlooProxy is not null, proxy.Reports)));
        var known = rendered.Select(status => status.Resource).ToHashSet();
        return rendered
            .Concat(_upstreams
                .Where(upstream => !known.Contains(upstream.Upstream) && _view.Find(upstream.Upstream) is not null)
                .Select(u => new ResourceStatus(u.Upstream, StatusRenderer.Render(u.Diagnostics))))
            .OrderBy(status => status.Resource);
    }

    private string Json(ResourceStatus status) => new JsonObject
    {
        ["apiVersion"] = ApiVersion(status.Resource),
        ["kind"] = status.Resource.Kind,
        ["metadata"] = new JsonObject
        {
            ["namespace"] = status.Resource.Namespace,
            ["name"] = status.Resource.Name,
        },
        // As Gloo writes it: below the namespace of who reports.
        ["status"] = new JsonObject
        {
            ["statuses"] = new JsonObject
            {
                [WriteNamespace] = JsonNode.Parse(JsonFormatter.Default.Format(status.Status)),
            },
        },
    }.ToJsonString();

    private string WriteNamespace => _proxies.IsEmpty ? "gloo-system" : _proxies[0].Proxy.Namespace;

    private static string ApiVersion(ResourceKey key) =>
        key.Group == ResourceKinds.RateLimitConfig.Group
            ? ResourceKinds.RateLimitConfig.ApiVersion
            : new ResourceKind(key.Group, "v1", key.Kind).ApiVersion;

    private IEnumerable<Diagnostic> Placed(ResourceKey resource, ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Select(diagnostic => diagnostic with
        {
            Resource = diagnostic.Resource ?? resource,
            Source = diagnostic.Source ?? _view.Find(resource)?.Source,
        });
}
