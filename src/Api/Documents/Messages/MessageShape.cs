using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Api.Documents;

/// <summary>A message type prepared for reading: its fields by both of their JSON names.</summary>
internal sealed class MessageShape
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageShape> Shapes = new();
    private readonly MessageDescriptor _type;
    private readonly FrozenDictionary<string, FieldShape> _fields;

    private MessageShape(MessageDescriptor type)
    {
        _type = type;
        var fields = new Dictionary<string, FieldShape>(StringComparer.Ordinal);
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            var shape = new FieldShape(field);
            fields[field.Name] = shape;
            fields[field.JsonName] = shape;
        }

        _fields = fields.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static MessageShape Of(MessageDescriptor type) => Shapes.GetOrAdd(type, static t => new MessageShape(t));

    public string FullName => _type.FullName;

    public IEnumerable<string> Names => _type.Fields.InDeclarationOrder().Select(f => f.JsonName);

    public FieldShape? Find(string name) => _fields.GetValueOrDefault(name);

    public IMessage Create() => _type.Parser.ParseFrom(ByteString.Empty);

    /// <summary>
    /// A field of this name one level down, as <c>virtualHost.routes</c>: the usual slip of indentation.
    /// </summary>
    public string? FindBelow(string name)
    {
        foreach (var field in _type.Fields.InDeclarationOrder())
        {
            if (field.FieldType != FieldType.Message || field.IsRepeated) continue;
            if (Of(field.MessageType).Find(name) is not null) return $"{field.JsonName}.{name}";
        }

        return null;
    }
}

/// <summary>A field with what reading it asks for again and again.</summary>
internal sealed class FieldShape(FieldDescriptor field)
{
    public FieldDescriptor Field { get; } = field;

    public IFieldAccessor Accessor { get; } = field.Accessor;

    public string Name { get; } = field.JsonName;

    public bool IsMap { get; } = field.IsMap;

    public bool IsRepeated { get; } = field.IsRepeated;

    public OneofDescriptor? OneOf { get; } = field.RealContainingOneof;
}
