using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Api.Documents;

/// <summary>
/// A map of a document into a protobuf message, by the rules of proto3 JSON: both spellings of names, enums by name or
/// number, wrappers, well-known types. What is wrong is reported with line and path, and left unset.
/// </summary>
internal sealed class MessageReader(ReadContext context)
{
    private readonly ScalarReader _scalars = new(context);
    private WellKnownReader? _wellKnown;

    private WellKnownReader WellKnown => _wellKnown ??= new WellKnownReader(context, this);

    /// <summary>Sets the fields of <paramref name="message"/> from <paramref name="node"/>.</summary>
    /// <param name="node">A map, or null for nothing.</param>
    /// <param name="message">The message to fill.</param>
    /// <param name="reserved">Keys that are read elsewhere, or not at all.</param>
    public void Fill(Node node, IMessage message, Func<string, bool>? reserved = null)
    {
        if (node.IsNull) return;
        if (node.Kind != NodeKind.Map)
        {
            context.WrongType(node, "an object");
            return;
        }

        var shape = MessageShape.Of(message.Descriptor);
        foreach (var entry in node.Entries)
        {
            if (reserved?.Invoke(entry.Key) == true) continue;
            context.Path.Push(entry.Key);
            if (shape.Find(entry.Key) is not { } field) Unknown(entry, shape);
            else if (!entry.Value.IsNull || IsValue(field)) Set(node, entry, field, message);
            context.Path.Pop();
        }
    }

    /// <summary>One value of a field's type (an element, if it is repeated); null after an error.</summary>
    public object? ReadValue(Node node, FieldDescriptor field)
    {
        switch (field.FieldType)
        {
            case FieldType.Message or FieldType.Group:
                return ReadMessage(node, field.MessageType);
            case FieldType.Enum:
                return _scalars.ReadEnum(node, field.EnumType);
            default:
                return _scalars.Read(node, field.FieldType);
        }
    }

    private object? ReadMessage(Node node, MessageDescriptor type)
    {
        // Wrappers are nullable scalars in the generated code.
        if (WellKnownReader.IsWrapper(type)) return ReadValue(node, type.Fields[1]);
        if (WellKnownReader.Handles(type)) return WellKnown.Read(node, type);
        var message = MessageShape.Of(type).Create();
        Fill(node, message);
        return message;
    }

    private void Set(Node parent, Entry entry, FieldShape field, IMessage message)
    {
        if (entry.Key != field.Name && parent[field.Name] is not null)
        {
            context.Error(DocumentCodes.OneOf, entry.Line, $"the same field as \"{field.Name}\", which is set too");
            return;
        }

        if (field.IsMap) SetMap(entry.Value, field, message);
        else if (field.IsRepeated) SetList(entry.Value, field, message);
        else if (!IsSecondOfOneOf(entry, field, message) && ReadValue(entry.Value, field.Field) is { } value)
            field.Accessor.SetValue(message, value);
    }

    private bool IsSecondOfOneOf(Entry entry, FieldShape field, IMessage message)
    {
        if (field.OneOf?.Accessor.GetCaseFieldDescriptor(message) is not { } other) return false;
        context.Error(
            DocumentCodes.OneOf, entry.Line, $"excludes \"{other.JsonName}\", which is set too", "keep one of the two");
        return true;
    }

    private void SetList(Node node, FieldShape field, IMessage message)
    {
        if (node.Kind != NodeKind.List)
        {
            context.WrongType(node, "a list");
            return;
        }

        var list = (IList)field.Accessor.GetValue(message);
        for (var i = 0; i < node.Items.Count; i++)
        {
            context.Path.Push(i);
            if (node.Items[i].IsNull && !IsValue(field)) context.WrongType(node.Items[i], "an element");
            else if (ReadValue(node.Items[i], field.Field) is { } value) list.Add(value);
            context.Path.Pop();
        }
    }

    private void SetMap(Node node, FieldShape field, IMessage message)
    {
        if (node.Kind != NodeKind.Map)
        {
            context.WrongType(node, "an object");
            return;
        }

        var map = (IDictionary)field.Accessor.GetValue(message);
        var keyField = field.Field.MessageType.Fields[1];
        var valueField = field.Field.MessageType.Fields[2];
        // Sorted, so that equal content has equal bytes.
        foreach (var entry in node.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            context.Path.Push(entry.Key);
            if (entry.Value.IsNull && !WellKnownReader.IsValue(valueField)) context.WrongType(entry.Value, "a value");
            else if (_scalars.ReadKey(entry, keyField.FieldType) is { } key
                && ReadValue(entry.Value, valueField) is { } value)
                map[key] = value;
            context.Path.Pop();
        }
    }

    private static bool IsValue(FieldShape field) => WellKnownReader.IsValue(field.Field);

    private void Unknown(Entry entry, MessageShape shape)
    {
        var below = shape.FindBelow(entry.Key);
        var hint = Spelling.Hint(entry.Key, shape.Names)
            ?? (below is null ? null : $"did you mean \"{below}\"? check the indentation");
        context.Error(DocumentCodes.UnknownField, entry.Line, $"unknown field of {shape.FullName}", hint);
    }
}
