using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Stagedoor.Api;
using Stagedoor.Xds;
using Stagedoor.Xds.EnvoyApi;

namespace Stagedoor.Translation;

/// <summary>
/// The document of <c>stagedoor translate</c>: <c>{"proxies": {"namespace~name": {...}}, "statuses": [...]}</c>, Envoy
/// resources as proto3 JSON with <c>@type</c> in every Any.
/// </summary>
public static class TranslationJson
{
    private static readonly (string Name, XdsType Type, MessageDescriptor Descriptor)[] Sections =
    [
        ("listeners", XdsType.Listener, EnvoyListener.Listener.Descriptor),
        ("routes", XdsType.RouteConfiguration, EnvoyRoute.RouteConfiguration.Descriptor),
        ("clusters", XdsType.Cluster, EnvoyCluster.Cluster.Descriptor),
        ("endpoints", XdsType.ClusterLoadAssignment, EnvoyEndpoint.ClusterLoadAssignment.Descriptor),
        ("secrets", XdsType.Secret, global::Envoy.Extensions.TransportSockets.Tls.V3.Secret.Descriptor),
    ];

    private static readonly Lazy<JsonFormatter> Envoy = new(() =>
        new JsonFormatter(JsonFormatter.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry)));

    /// <summary>Writes the document.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="proxies">The translations; ordered by identity here.</param>
    /// <param name="statuses">Statuses of the inputs, each a complete JSON object.</param>
    public static void Write(Stream output, IEnumerable<ProxyTranslation> proxies, IEnumerable<string> statuses)
    {
        ArgumentNullException.ThrowIfNull(proxies);
        ArgumentNullException.ThrowIfNull(statuses);
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteStartObject("proxies");
        foreach (
            var proxy in proxies.OrderBy(proxy => proxy.Proxy.ToString(), StringComparer.Ordinal)) Write(writer, proxy);
        writer.WriteEndObject();
        writer.WriteStartArray("statuses");
        foreach (var status in statuses) Raw(writer, status);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>One resource as proto3 JSON, private keys and the like left out (rule I8).</summary>
    public static string Format(EncodedResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var descriptor = Array.Find(Sections, section => section.Type == resource.Type).Descriptor;
        return Redaction.Of(Envoy.Value.Format(descriptor.Parser.ParseFrom(resource.Bytes.Span)));
    }

    private static void Write(Utf8JsonWriter writer, ProxyTranslation proxy)
    {
        // A Gateway's Proxy goes by the name of the object, not by the role of its Envoys.
        var name = proxy is { Gateway: not null, GlooProxy.Metadata: { } metadata }
            ? $"{metadata.Namespace}~{metadata.Name}"
            : proxy.Proxy.ToString();
        writer.WriteStartObject(name);
        writer.WritePropertyName("gateway");
        if (proxy.Gateway is { } gateway) Reference(writer, gateway);
        else writer.WriteNullValue();
        writer.WritePropertyName("proxy");
        if (proxy.GlooProxy is { } input) Raw(writer, Gloo(input).Format(input));
        else writer.WriteNullValue();
        foreach (var (section, type, _) in Sections)
        {
            writer.WriteStartArray(section);
            foreach (var resource in proxy.Resources)
                if (resource.Type == type)
                    Raw(writer, Format(resource));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    // Custom filters hold Envoy's messages in a Gloo message; Gloo's own Anys hold Gloo's.
    private static JsonFormatter Gloo(IMessage proxy) => new(JsonFormatter.Settings.Default.WithTypeRegistry(
        TypeRegistry.FromFiles([proxy.Descriptor.File, .. EnvoyTypes.Files])));

    private static void Reference(Utf8JsonWriter writer, ResourceKey key)
    {
        writer.WriteStartObject();
        writer.WriteString("namespace", key.Namespace);
        writer.WriteString("name", key.Name);
        writer.WriteEndObject();
    }

    // Read and written again rather than copied, so that the whole document is indented alike.
    private static void Raw(Utf8JsonWriter writer, string json)
    {
        using var document = JsonDocument.Parse(json);
        document.RootElement.WriteTo(writer);
    }
}
