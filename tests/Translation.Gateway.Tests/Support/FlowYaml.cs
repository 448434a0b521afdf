using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stagedoor.Translation.Gateway.Tests.Support;

/// <summary>Writes JSON as YAML to be read by people: whatever fits on a line is on one line.</summary>
internal static partial class FlowYaml
{
    private const int Width = 110;

    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Block(node, 0, text);
        return text.ToString();
    }

    private static void Block(JsonNode? node, int indent, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject map when map.Count > 0:
                foreach (var (key, value) in map) Entry($"{Scalar(key)}:", value, indent, text);
                break;
            case JsonArray list when list.Count > 0:
                foreach (var item in list) Entry("-", item, indent, text);
                break;
            default:
                text.Append(' ', indent).Append(Flow(node)).Append('\n');
                break;
        }
    }

    private static void Entry(string head, JsonNode? value, int indent, StringBuilder text)
    {
        text.Append(' ', indent).Append(head);
        var flow = Flow(value);
        if (indent + head.Length + 1 + flow.Length <= Width || value is not (JsonObject or JsonArray))
        {
            text.Append(' ').Append(flow).Append('\n');
            return;
        }

        if (head != "-")
        {
            text.Append('\n');
            Block(value, indent + 2, text);
            return;
        }

        // The first entry of an item stands behind its dash.
        var inner = new StringBuilder();
        Block(value, indent + 2, inner);
        text.Append(' ').Append(inner.ToString().AsSpan(indent + 2));
    }

    private static string Flow(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject map => $"{{{string.Join(", ", map.Select(pair => $"{Scalar(pair.Key)}: {Flow(pair.Value)}"))}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(Flow))}]",
        JsonValue value when value.TryGetValue<string>(out var scalar) => Scalar(scalar),
        _ => node.ToJsonString(),
    };

    private static string Scalar(string text) =>
        Plain().IsMatch(text) && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off")
            ? text
            : JsonValue.Create(text).ToJsonString(Readable);

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [GeneratedRegex(@"^[A-Za-z/_][A-Za-z0-9/_.\-]*$")]
    private static partial Regex Plain();
}
