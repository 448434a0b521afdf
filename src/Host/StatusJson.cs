using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;
using Stagedoor.Translation.Gateway;
using Stagedoor.Translation.KubeGateway;
using Stagedoor.Translation.Statuses;

namespace Stagedoor.Host;

/// <summary>Statuses as objects of Kubernetes, <c>status.statuses.[namespace]</c> as Gloo writes them.</summary>
internal static class StatusJson
{
    private const string DefaultNamespace = "gloo-system";

    /// <summary>
    /// The statuses of all resources that Proxies report on or that the classic API gives one, and of the Upstreams
    /// that no Proxy uses; ordered by key.
    /// </summary>
    /// <param name="view">The inputs: what is not among them has no status to write.</param>
    /// <param name="proxies">The reports of each Proxy.</param>
    /// <param name="upstreams">What is said of each Upstream.</param>
    public static IEnumerable<JsonObject> Of(
        CatalogView view,
        IReadOnlyCollection<ProxyReportSet> proxies,
        IEnumerable<(ResourceKey Upstream, ImmutableArray<Diagnostic> Diagnostics)> upstreams)
    {
        ArgumentNullException.ThrowIfNull(view);
        var classic = proxies.Where(set => KubeProxies.GatewayOf(set.Proxy) is null).ToList();
        var reporter = classic.Select(set => set.Proxy.Namespace).FirstOrDefault() ?? DefaultNamespace;
        var rendered = StatusRenderer.RenderAll(classic, ClassicInputs.Of(view));
        var known = rendered.Select(status => status.Resource).ToHashSet();
        return rendered
            .Concat(upstreams
                .Where(upstream => !known.Contains(upstream.Upstream) && view.Find(upstream.Upstream) is not null)
                .Select(u => new ResourceStatus(u.Upstream, StatusRenderer.Render(u.Diagnostics))))
            .OrderBy(status => status.Resource)
            .Select(status => Object(status, reporter))
            .Concat(KubeStatuses.All(view, proxies.Select(set => set.Kube).OfType<KubeStatus>()).Select(Object));
    }

    private static JsonObject Object((ResourceKey Resource, ApiObject Status) kube)
    {
        var metadata = new JsonObject { ["name"] = kube.Resource.Name };
        if (kube.Resource.Namespace.Length > 0) metadata.Insert(0, "namespace", kube.Resource.Namespace);
        return new JsonObject
        {
            ["apiVersion"] = GatewayApiKinds.All[(kube.Resource.Group, kube.Resource.Kind)].Kind.ApiVersion,
            ["kind"] = kube.Resource.Kind,
            ["metadata"] = metadata,
            ["status"] = ApiObjectJson.Of(kube.Status),
        };
    }

    private static JsonObject Object(ResourceStatus status, string reporter) => new()
    {
        ["apiVersion"] = ApiVersion(status.Resource),
        ["kind"] = status.Resource.Kind,
        ["metadata"] = new JsonObject
        {
            ["namespace"] = status.Resource.Namespace,
            ["name"] = status.Resource.Name,
        },
        ["status"] = new JsonObject
        {
            ["statuses"] = new JsonObject
            {
                [reporter] = JsonNode.Parse(JsonFormatter.Default.Format(status.Status)),
            },
        },
    };

    private static string ApiVersion(ResourceKey key) =>
        key.Group == ResourceKinds.RateLimitConfig.Group
            ? ResourceKinds.RateLimitConfig.ApiVersion
            : new ResourceKind(key.Group, "v1", key.Kind).ApiVersion;
}
