using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stagedoor.Translation;

/// <summary>
/// Takes secrets out of resources that are shown (rule I8): what Envoy's own dumps leave out, wherever it stands, also
/// inside of every Any.
/// </summary>
internal static class Redaction
{
    private const string Redacted = "[redacted]";

    // Names of fields of Envoy's messages that are marked sensitive.
    private static readonly FrozenSet<string> Sensitive = new[]
    {
        "privateKey", "password", "pkcs12", "sessionTicketKeys", "genericSecret", "secretAccessKey", "sessionToken",
        "accessToken", "hmacSecret", "tokenSecret", "passphrase",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The same JSON with the values of sensitive fields replaced.</summary>
    public static string Of(string json)
    {
        var isClean = true;
        foreach (var name in Sensitive) isClean &= !json.Contains($"\"{name}\"", StringComparison.Ordinal);
        if (isClean) return json;
        var node = JsonNode.Parse(json)!;
        Redact(node);
        return node.ToJsonString(new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }

    private static void Redact(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Redact(item);
            return;
        }

        if (node is not JsonObject fields) return;
        foreach (var (name, value) in fields.ToArray())
        {
            if (!Sensitive.Contains(name)) Redact(value);
            else if (value is JsonObject { Count: > 0 } source && source.All(field => IsSource(field.Key)))
                foreach (var kind in source.Select(field => field.Key).ToArray())
                    source[kind] = Kept(kind, source[kind]);
            else fields[name] = Redacted;
        }
    }

    // The kind of a data source stays, and the name of a file.
    private static bool IsSource(string field) =>
        field is "inlineString" or "inlineBytes" or "filename" or "environmentVariable";

    private static JsonNode? Kept(string kind, JsonNode? value) =>
        kind is "inlineString" or "inlineBytes" ? JsonValue.Create(Redacted) : value?.DeepClone();
}
