using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Api.Documents;

/// <summary>A part of a document as JSON text.</summary>
internal static class NodeJson
{
    /// <summary>The JSON of a node.</summary>
    public static string Write(Node node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(node, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Node node, Utf8JsonWriter writer)
    {
        switch (node.Kind)
        {
            case NodeKind.Map:
                writer.WriteStartObject();
                foreach (var entry in node.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(entry.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case NodeKind.List:
                writer.WriteStartArray();
                foreach (var item in node.Items) Write(item, writer);
                writer.WriteEndArray();
                break;
            case NodeKind.Bool or NodeKind.Null:
                writer.WriteRawValue(node.IsNull ? "null" : node.Text);
                break;
            case NodeKind.Number when double.TryParse(node.Text, out var number) && double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(node.Text);
                break;
        }
    }
}
