using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Api.Documents;

/// <summary>Scalars by the rules of proto3 JSON. Messages name types, never values (rule I8).</summary>
internal sealed class ScalarReader(ReadContext context)
{
    public object? Read(Node node, FieldType type) => type switch
    {
        FieldType.String => ReadString(node),
        FieldType.Bool => ReadBool(node),
        FieldType.Bytes => ReadBytes(node),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => ReadInteger(node, int.MinValue, int.MaxValue),
        FieldType.UInt32 or FieldType.Fixed32 => ReadInteger(node, uint.MinValue, uint.MaxValue),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => ReadInteger(node, long.MinValue, long.MaxValue),
        FieldType.UInt64 or FieldType.Fixed64 => ReadInteger(node, ulong.MinValue, ulong.MaxValue),
        FieldType.Float => ReadDouble(node) is { } value ? Narrow(node, value) : null,
        FieldType.Double => ReadDouble(node),
        _ => throw new InvalidOperationException($"{type} is not a scalar"),
    };

    /// <summary>The number of an enum value given by name or number; null after an error.</summary>
    public object? ReadEnum(Node node, EnumDescriptor type)
    {
        var value = node.Kind switch
        {
            NodeKind.String => type.FindValueByName(node.Text),
            NodeKind.Number when int.TryParse(node.Text, CultureInfo.InvariantCulture, out var number) =>
                type.FindValueByNumber(number),
            _ => null,
        };
        if (value is not null) return value.Number;
        var names = type.Values.Select(v => v.Name).ToArray();
        var hint = node.Kind == NodeKind.String ? Spelling.Hint(node.Text, names) : null;
        context.Error(
            DocumentCodes.BadValue, node.Line,
            $"not a value of {type.FullName}: one of {string.Join(", ", names)}", hint);
        return null;
    }

    /// <summary>The key of a map entry; null after an error.</summary>
    public object? ReadKey(Entry entry, FieldType type)
    {
        if (type == FieldType.String) return entry.Key;
        var kind = entry.Key is "true" or "false" ? NodeKind.Bool : NodeKind.String;
        return Read(new Node(kind, entry.Line) { Text = entry.Key }, type);
    }

    public string? ReadString(Node node)
    {
        if (node.Kind == NodeKind.String) return node.Text;
        context.WrongType(
            node, "a string", node.Kind is NodeKind.Number or NodeKind.Bool ? "put the value in quotes" : null);
        return null;
    }

    private object? ReadBool(Node node)
    {
        if (node.Kind == NodeKind.Bool) return node.Text == "true";
        context.WrongType(node, "true or false", node.Text is "true" or "false" ? "remove the quotes" : null);
        return null;
    }

    private ByteString? ReadBytes(Node node)
    {
        if (ReadString(node) is not { } text) return null;
        var standard = text.Replace('-', '+').Replace('_', '/');
        var padded = (standard.Length % 4) switch { 2 => standard + "==", 3 => standard + "=", _ => standard };
        var buffer = new byte[padded.Length];
        if (Convert.TryFromBase64String(padded, buffer, out var length)) return ByteString.CopyFrom(buffer, 0, length);
        context.Error(DocumentCodes.BadValue, node.Line, "not base64");
        return null;
    }

    private object? ReadInteger<T>(Node node, T min, T max)
        where T : struct, System.Numerics.INumber<T>
    {
        if (node.Kind is NodeKind.Number or NodeKind.String)
        {
            if (T.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                return value;
            // Numbers such as 1e3 or 2.0 are integers too; a decimal has digits enough for 64 bits.
            if (decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && decimal.IsInteger(number)
                && T.TryParse(
                    number.ToString("0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out value))
                return value;
        }

        if (node.Kind == NodeKind.Number)
            context.Error(DocumentCodes.BadValue, node.Line, $"an integer from {min} to {max} was expected");
        else context.WrongType(node, $"an integer from {min} to {max}");
        return null;
    }

    private double? ReadDouble(Node node)
    {
        if (node.Kind is NodeKind.Number or NodeKind.String)
        {
            switch (node.Text)
            {
                case "NaN":
                    return double.NaN;
                case "Infinity":
                    return double.PositiveInfinity;
                case "-Infinity":
                    return double.NegativeInfinity;
            }

            if (double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value))
                return value;
        }

        context.WrongType(node, "a number");
        return null;
    }

    private float? Narrow(Node node, double value)
    {
        var narrow = (float)value;
        if (double.IsFinite(value) == float.IsFinite(narrow)) return narrow;
        context.Error(DocumentCodes.BadValue, node.Line, "too large for a float");
        return null;
    }
}
