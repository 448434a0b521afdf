using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Stagedoor.Api;
using Stagedoor.Translation.Statuses;

namespace Stagedoor.Translation.Gateway.Tests.Support;

/// <summary>The whole outcome of a view as text: every Proxy, and the status of every resource.</summary>
/// <param name="Proxies">The Proxy objects, as YAML documents.</param>
/// <param name="Statuses">The statuses, as YAML.</param>
internal sealed record Rendering(string Proxies, string Statuses)
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default
        .WithTypeRegistry(TypeRegistry.FromFiles(Solo.Gloo.ProxyReflection.Descriptor)));

    /// <summary>Translates every Proxy with the memo that <paramref name="memo"/> gives.</summary>
    public static Rendering Of(CatalogView view, Func<ProxyId, GatewayMemo> memo)
    {
        var documents = new List<string>();
        var reports = new List<ProxyReportSet>();
        foreach (var id in ProxyIndex.Proxies(view))
        {
            var translation = GatewayTranslator.Translate(view, id, memo(id));
            reports.Add(new ProxyReportSet(id, translation.Proxy is not null, translation.Reports));
            documents.Add(translation.Proxy is { } proxy ? FlowYaml.Write(Object(proxy)) : $"# no proxy: {id}\n");
        }

        if (documents.Count == 0) documents.Add("# no proxies\n");
        var statuses = StatusRenderer.RenderAll(reports, ClassicInputs.Of(view));
        return new Rendering(string.Join("---\n", documents), Render(statuses));
    }

    /// <summary>Translates from scratch.</summary>
    public static Rendering Of(CatalogView view) => Of(view, _ => new GatewayMemo());

    private static JsonObject Object(Solo.Gloo.Proxy proxy)
    {
        var json = JsonNode.Parse(Formatter.Format(proxy))!.AsObject();
        var metadata = json["metadata"]!.DeepClone();
        json.Remove("metadata");
        return new JsonObject { ["metadata"] = metadata, ["spec"] = json };
    }

    private static string Render(ImmutableArray<ResourceStatus> statuses)
    {
        var map = new JsonObject();
        foreach (var (resource, status) in statuses)
            map[resource.ToString()] = JsonNode.Parse(Formatter.Format(status));
        return statuses.IsEmpty ? "# no statuses\n" : FlowYaml.Write(map);
    }
}
