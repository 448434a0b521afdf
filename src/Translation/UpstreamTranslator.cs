using Stagedoor.Api;
using Stagedoor.Translation.Envoy;

namespace Stagedoor.Translation;

/// <summary>
/// Translates one Upstream: what follows from the catalog alone (static, kubernetes, pipe). Pure; the results are
/// memoised
/// per process by the inputs they were made from, so that an UpstreamActor and the ProxyActors of a node share the
/// bytes.
/// </summary>
public static class UpstreamTranslator
{
    /// <summary>
    /// The cluster and endpoints of an Upstream, also of one in memory that stands for a Service's port
    /// (<c>kube-svc:</c>). One that does not exist gives neither, and no diagnostics.
    /// </summary>
    public static UpstreamTranslation Translate(CatalogView view, ResourceKey upstream)
    {
        ArgumentNullException.ThrowIfNull(view);
        return UpstreamMemo.Get(view, upstream).Translation with { ViewVersion = view.Version };
    }
}
