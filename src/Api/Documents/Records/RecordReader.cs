using System.Collections.Immutable;
using System.Globalization;

namespace Stagedoor.Api.Documents;

/// <summary>
/// A map of a document into a record of the Gateway API, with the checks that an API server would make by the
/// CustomResourceDefinition's schema. What is wrong is reported with line and path, and left as it was.
/// </summary>
internal sealed class RecordReader(ReadContext context)
{
    /// <summary>
    /// A record from a whole document. Its status is not read: in a file it is a copy of what some server said.
    /// </summary>
    public object ReadObject(Node document, Type type) =>
        Read(document, type, static key => key is "apiVersion" or "kind" or "metadata" or "status");

    /// <summary>A record from a map; an empty one after an error.</summary>
    private object Read(Node node, Type type, Func<string, bool>? reserved = null)
    {
        var shape = RecordShape.Of(type);
        var record = Activator.CreateInstance(type)!;
        if (node.Kind != NodeKind.Map)
        {
            context.WrongType(node, "an object");
            return record;
        }

        var unknown = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in node.Entries)
        {
            if (reserved?.Invoke(entry.Key) == true) continue;
            context.Path.Push(entry.Key);
            if (!shape.Fields.TryGetValue(entry.Key, out var field))
            {
                context.Error(
                    DocumentCodes.UnknownField, entry.Line, "unknown field",
                    Spelling.Hint(entry.Key, shape.Fields.Keys));
                unknown[entry.Key] = NodeJson.Write(entry.Value);
            }
            else if (!entry.Value.IsNull && ReadField(entry.Value, field) is { } value)
            {
                field.Property.SetValue(record, value);
            }

            context.Path.Pop();
        }

        if (unknown.Count > 0) shape.SetUnknown(record, unknown.ToImmutable());
        foreach (var field in shape.Required)
        {
            if (node[field.Name] is null)
                context.Error(DocumentCodes.BadValue, node.Line, $"{field.Name} is missing");
        }

        return record;
    }

    private object? ReadField(Node node, RecordField field)
    {
        if (field.IsMap) return ReadMap(node, field);
        return field.IsList ? ReadList(node, field) : ReadValue(node, field);
    }

    private object? ReadList(Node node, RecordField field)
    {
        if (node.Kind != NodeKind.List)
        {
            context.WrongType(node, "a list");
            return null;
        }

        CheckCount(node, node.Items.Count, field);
        var items = new List<object>(node.Items.Count);
        for (var i = 0; i < node.Items.Count; i++)
        {
            context.Path.Push(i);
            if (node.Items[i].IsNull) context.WrongType(node.Items[i], "an element");
            else if (ReadValue(node.Items[i], field) is { } value) items.Add(value);
            context.Path.Pop();
        }

        return field.MakeList!(items);
    }

    private ImmutableSortedDictionary<string, string>? ReadMap(Node node, RecordField field)
    {
        if (node.Kind != NodeKind.Map)
        {
            context.WrongType(node, "an object");
            return null;
        }

        CheckCount(node, node.Entries.Count, field);
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in node.Entries)
        {
            context.Path.Push(entry.Key);
            if (ReadString(entry.Value, field) is { } value) map[entry.Key] = value;
            context.Path.Pop();
        }

        return map.ToImmutable();
    }

    private object? ReadValue(Node node, RecordField field)
    {
        if (field.Element == typeof(string)) return ReadString(node, field);
        if (field.Element == typeof(int)) return ReadNumber(node, field) is { } number ? (int)number : null;
        if (field.Element == typeof(long)) return ReadNumber(node, field);
        if (field.Element != typeof(bool)) return Read(node, field.Element);
        if (node.Kind == NodeKind.Bool) return node.Text == "true";
        context.WrongType(node, "true or false");
        return null;
    }

    private string? ReadString(Node node, RecordField field)
    {
        if (node.Kind != NodeKind.String)
        {
            context.WrongType(
                node, "a string", node.Kind is NodeKind.Number or NodeKind.Bool ? "put the value in quotes" : null);
            return null;
        }

        if (field.Values is { } values && !values.Contains(node.Text))
            return Refuse(node, $"one of {string.Join(", ", values)} was expected", Spelling.Hint(node.Text, values));
        return field.Format?.Allows(node.Text) == false
            ? Refuse(node, $"{field.Format.Description} was expected", null)
            : node.Text;
    }

    private string? Refuse(Node node, string message, string? hint)
    {
        context.Error(DocumentCodes.BadValue, node.Line, message, hint);
        return null;
    }

    private long? ReadNumber(Node node, RecordField field)
    {
        var (least, most) = field.Range is { } range ? (range.Least, range.Most)
            : field.Element == typeof(int) ? (int.MinValue, int.MaxValue)
            : (long.MinValue, long.MaxValue);
        if (node.Kind == NodeKind.Number
            && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
            return value;
        if (node.Kind == NodeKind.Number)
            context.Error(DocumentCodes.BadValue, node.Line, $"an integer from {least} to {most} was expected");
        else context.WrongType(node, "an integer");
        return null;
    }

    private void CheckCount(Node node, int count, RecordField field)
    {
        if (field.Items is not { } items || (count >= items.Least && count <= items.Most)) return;
        context.Error(
            DocumentCodes.BadValue, node.Line,
            count < items.Least ? $"at least {items.Least} needed" : $"{count} are too many: at most {items.Most}");
    }
}
