using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Stagedoor.Api.GatewayApi;

/// <summary>Objects of the Gateway API as JSON, as the API server has them: what is not set is left out.</summary>
public static class ApiObjectJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmpty } },
    };

    /// <summary>The JSON of an object; its unknown fields are among the others.</summary>
    public static JsonObject Of(ApiObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var json = JsonSerializer.SerializeToNode(value, value.GetType(), Options)!.AsObject();
        foreach (var (name, text) in value.Unknown) json[name] = JsonNode.Parse(text);
        return json;
    }

    private static bool Any(IEnumerable list) => list.GetEnumerator().MoveNext();

    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Name == "unknown") property.ShouldSerialize = static (_, _) => false;
            else if (property.PropertyType != typeof(string)
                && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
                property.ShouldSerialize = static (_, value) => value is IEnumerable list && Any(list);
        }
    }
}
