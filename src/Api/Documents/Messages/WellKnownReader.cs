using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Api.Documents;

/// <summary>The types that proto3 JSON writes in a form of their own: durations, timestamps, structs, Any.</summary>
internal sealed class WellKnownReader(ReadContext context, MessageReader messages)
{
    private const string Package = "google.protobuf.";

    public static bool IsWrapper(MessageDescriptor type) =>
        type.FullName.StartsWith(Package, StringComparison.Ordinal)
        && type.FullName.EndsWith("Value", StringComparison.Ordinal)
        && type.FullName is not (Package + "Value" or Package + "ListValue");

    /// <summary>Whether this reader, not the field by field one, reads the type.</summary>
    public static bool Handles(MessageDescriptor type) => type.FullName switch
    {
        Package + "Duration" or Package + "Timestamp" or Package + "FieldMask" or Package + "Struct"
            or Package + "Value" or Package + "ListValue" or Package + "Any" => true,
        _ => false,
    };

    /// <summary>Whether null is a value of the field and not the same as leaving it out.</summary>
    public static bool IsValue(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && field.MessageType.FullName == Package + "Value";

    public IMessage? Read(Node node, MessageDescriptor type) => type.FullName switch
    {
        Package + "Duration" => ReadDuration(node),
        Package + "Timestamp" => ReadTimestamp(node),
        Package + "FieldMask" => ReadFieldMask(node),
        Package + "Struct" => ReadStruct(node),
        Package + "Value" => ReadValue(node),
        Package + "ListValue" => ReadListValue(node),
        _ => ReadAny(node),
    };

    private Duration? ReadDuration(Node node)
    {
        if (node.Kind == NodeKind.String && GoDuration.Parse(node.Text) is { } duration) return duration;
        if (node.Kind == NodeKind.String) Bad(node, "not a duration", "write it as \"1.5s\", \"250ms\" or \"1m30s\"");
        else context.WrongType(node, "a duration such as \"5s\"");
        return null;
    }

    private Timestamp? ReadTimestamp(Node node)
    {
        if (node.Kind == NodeKind.String && ParseTime(node.Text) is { } time) return Timestamp.FromDateTimeOffset(time);
        Bad(node, "not a time", "write it as \"2026-01-31T12:00:00Z\"");
        return null;
    }

    /// <summary>A time by RFC 3339, or null.</summary>
    public static DateTimeOffset? ParseTime(string text) =>
        text.Length > 10 && text[10] is 'T' or 't' or ' '
        && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    private FieldMask? ReadFieldMask(Node node)
    {
        if (node.Kind != NodeKind.String)
        {
            context.WrongType(node, "a string with names separated by commas");
            return null;
        }

        var mask = new FieldMask();
        const StringSplitOptions tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        mask.Paths.AddRange(node.Text.Split(',', tidy));
        return mask;
    }

    private Struct? ReadStruct(Node node)
    {
        if (node.Kind != NodeKind.Map)
        {
            context.WrongType(node, "an object");
            return null;
        }

        var result = new Struct();
        foreach (var entry in node.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            context.Path.Push(entry.Key);
            if (ReadValue(entry.Value) is { } value) result.Fields[entry.Key] = value;
            context.Path.Pop();
        }

        return result;
    }

    private ListValue? ReadListValue(Node node)
    {
        if (node.Kind != NodeKind.List)
        {
            context.WrongType(node, "a list");
            return null;
        }

        var result = new ListValue();
        foreach (var item in node.Items)
            if (ReadValue(item) is { } value)
                result.Values.Add(value);
        return result;
    }

    private Value? ReadValue(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Null:
                return Value.ForNull();
            case NodeKind.Bool:
                return Value.ForBool(node.Text == "true");
            case NodeKind.String:
                return Value.ForString(node.Text);
            case NodeKind.List:
                return ReadListValue(node) is { } list ? new Value { ListValue = list } : null;
            case NodeKind.Map:
                return ReadStruct(node) is { } map ? Value.ForStruct(map) : null;
            default:
                var number = double.Parse(node.Text, CultureInfo.InvariantCulture);
                if (double.IsFinite(number)) return Value.ForNumber(number);
                Bad(node, "not a finite number");
                return null;
        }
    }

    private Any? ReadAny(Node node)
    {
        if (node.Kind != NodeKind.Map || node["@type"] is not { Kind: NodeKind.String } url)
        {
            if (node is { Kind: NodeKind.Map, Entries.Count: 0 }) return new Any();
            context.Error(DocumentCodes.UnknownType, node.Line, "an object with a string \"@type\" was expected");
            return null;
        }

        var name = url.Text[(url.Text.LastIndexOf('/') + 1)..];
        if ((context.Options.AnyTypes.Find(name) ?? KnownTypes.Registry.Find(name)) is not { } type)
        {
            context.Error(DocumentCodes.UnknownType, url.Line, $"type {Shorten(name)} is not known");
            return null;
        }

        var content = ReadContent(node, type);
        return content is null
            ? null
            : new Any { TypeUrl = "type.googleapis.com/" + name, Value = content.ToByteString() };
    }

    private IMessage? ReadContent(Node node, MessageDescriptor type)
    {
        if (!IsWrapper(type) && !Handles(type))
        {
            var message = MessageShape.Of(type).Create();
            messages.Fill(node, message, static key => key == "@type");
            return message;
        }

        // Types with a form of their own stand in "value".
        var value = node["value"] ?? new Node(NodeKind.Null, node.Line);
        if (!IsWrapper(type)) return Read(value, type);
        var wrapper = MessageShape.Of(type).Create();
        if (messages.ReadValue(value, type.Fields[1]) is not { } scalar) return null;
        type.Fields[1].Accessor.SetValue(wrapper, scalar);
        return wrapper;
    }

    private void Bad(Node node, string message, string? hint = null) =>
        context.Error(DocumentCodes.BadValue, node.Line, message, hint);

    private static string Shorten(string name) => name.Length <= 200 ? name : name[..200] + "...";
}
