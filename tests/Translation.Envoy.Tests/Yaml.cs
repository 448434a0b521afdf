using System.Text;
using System.Text.Json;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Writes JSON as block YAML, which is easier to review.</summary>
internal static class Yaml
{
    /// <summary>The value, its first line to be put behind what leads to it, at this depth.</summary>
    public static string Of(JsonElement value, int depth)
    {
        var text = new StringBuilder();
        Write(text, value, depth);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, int depth)
    {
        var indent = new string(' ', depth * 2);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                var isFirst = true;
                foreach (var property in value.EnumerateObject())
                {
                    if (!isFirst) text.Append(indent);
                    isFirst = false;
                    text.Append(Key(property.Name)).Append(':');
                    Child(text, property.Value, depth + 1);
                }

                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                isFirst = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!isFirst) text.Append(indent);
                    isFirst = false;
                    text.Append("- ");
                    Write(text, item, depth + 1);
                }

                break;
            default:
                text.Append(value.GetRawText()).Append('\n');
                break;
        }
    }

    private static void Child(StringBuilder text, JsonElement value, int depth)
    {
        var isBlock = (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
            || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0);
        text.Append(isBlock ? "\n" + new string(' ', depth * 2) : " ");
        Write(text, value, depth);
    }

    private static string Key(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? name : JsonSerializer.Serialize(name);
}
