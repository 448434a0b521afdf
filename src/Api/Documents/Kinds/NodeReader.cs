using System.Collections.Immutable;
using System.Globalization;

namespace Stagedoor.Api.Documents;

/// <summary>
/// Getters for the fields of Kubernetes' own kinds: a missing or null field is its default, one of another type is an
/// error.
/// </summary>
internal static class NodeReader
{
    public static string String(Node node, string field, ReadContext context, string missing = "")
    {
        if (node[field] is not { } value) return missing;
        if (value.Kind == NodeKind.String) return value.Text;
        Wrong(field, value, "a string", context);
        return missing;
    }

    public static bool Bool(Node node, string field, ReadContext context, bool missing)
    {
        if (node[field] is not { } value) return missing;
        if (value.Kind == NodeKind.Bool) return value.Text == "true";
        Wrong(field, value, "true or false", context);
        return missing;
    }

    /// <summary>A port number; <paramref name="missing"/> if the field is not there.</summary>
    public static int Port(Node node, string field, ReadContext context, int missing)
    {
        if (node[field] is not { } value) return missing;
        if (value.Kind == NodeKind.Number
            && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535)
            return port;
        Wrong(field, value, "a port from 1 to 65535", context);
        return missing;
    }

    public static string StringOrNumber(Node node, string field, ReadContext context)
    {
        if (node[field] is not { } value) return "";
        if (value.Kind is NodeKind.String or NodeKind.Number) return value.Text;
        Wrong(field, value, "a number or a name", context);
        return "";
    }

    /// <summary>Reads each element of a list of objects.</summary>
    public static ImmutableArray<T> List<T>(Node node, string field, ReadContext context, Func<Node, T> read)
    {
        if (node[field] is not { } list) return [];
        if (list.Kind != NodeKind.List)
        {
            Wrong(field, list, "a list", context);
            return [];
        }

        var result = ImmutableArray.CreateBuilder<T>(list.Items.Count);
        context.Path.Push(field);
        for (var i = 0; i < list.Items.Count; i++)
        {
            context.Path.Push(i);
            if (list.Items[i].Kind == NodeKind.Map) result.Add(read(list.Items[i]));
            else context.WrongType(list.Items[i], "an object");
            context.Path.Pop();
        }

        context.Path.Pop();
        return result.DrainToImmutable();
    }

    /// <summary>A map of strings below <paramref name="field"/>.</summary>
    public static ImmutableSortedDictionary<string, string> Strings(Node node, string field, ReadContext context)
    {
        if (node[field] is not { } map) return ObjectMetadata.NoStrings;
        context.Path.Push(field);
        var result = Strings(map, context);
        context.Path.Pop();
        return result;
    }

    public static ImmutableSortedDictionary<string, string> Strings(Node map, ReadContext context)
    {
        if (map.Kind != NodeKind.Map)
        {
            context.WrongType(map, "an object");
            return ObjectMetadata.NoStrings;
        }

        if (map.Entries.Count == 0) return ObjectMetadata.NoStrings;
        var result = ObjectMetadata.NoStrings.ToBuilder();
        foreach (var entry in map.Entries)
        {
            if (entry.Value.Kind == NodeKind.String) result[entry.Key] = entry.Value.Text;
            else if (entry.Value.IsNull) result[entry.Key] = "";
            else Wrong(entry.Key, entry.Value, "a string", context, "put the value in quotes");
        }

        return result.ToImmutable();
    }

    /// <summary>A map of base64 values below <paramref name="field"/>, decoded.</summary>
    public static ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Base64(
        Node node, string field, ReadContext context)
    {
        var none = ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var texts = Strings(node, field, context);
        if (texts.IsEmpty) return none;
        var result = none.ToBuilder();
        foreach (var (key, text) in texts)
        {
            var buffer = new byte[text.Length];
            if (Convert.TryFromBase64String(text, buffer, out var length)) result[key] = buffer.AsMemory(0, length);
            else NotBase64(node[field]!, field, key, context);
        }

        return result.ToImmutable();
    }

    private static void NotBase64(Node map, string field, string key, ReadContext context)
    {
        context.Path.Push(field);
        context.Path.Push(key);
        context.Error(
            DocumentCodes.BadValue, map[key]?.Line ?? map.Line, "not base64",
            field == "data" ? "plain text goes into stringData" : null);
        context.Path.Pop();
        context.Path.Pop();
    }

    private static void Wrong(string field, Node value, string expected, ReadContext context, string? hint = null)
    {
        context.Path.Push(field);
        context.WrongType(value, expected, value.Kind is NodeKind.Number or NodeKind.Bool ? hint : null);
        context.Path.Pop();
    }
}
