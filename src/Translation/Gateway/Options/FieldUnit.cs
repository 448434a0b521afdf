using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// One top-level field of a message, or one oneof, as the unit that options are combined by (gateway-translation 0.3).
/// </summary>
internal sealed class FieldUnit
{
    private static readonly ConcurrentDictionary<MessageDescriptor, ImmutableArray<FieldUnit>> Known = [];

    private FieldUnit(FieldDescriptor field) => Field = field;

    private FieldUnit(OneofDescriptor oneof) => Oneof = oneof;

    /// <summary>The field; null for a oneof.</summary>
    public FieldDescriptor? Field { get; }

    /// <summary>The oneof; null for a field.</summary>
    public OneofDescriptor? Oneof { get; }

    /// <summary>All units of a message.</summary>
    public static ImmutableArray<FieldUnit> Of(MessageDescriptor message) => Known.GetOrAdd(message, static m =>
    [
        .. m.Fields.InDeclarationOrder().Where(f => f.RealContainingOneof is null).Select(f => new FieldUnit(f)),
        .. m.Oneofs.Take(m.RealOneofCount).Select(oneof => new FieldUnit(oneof)),
    ]);

    /// <summary>
    /// Whether nothing is set: no message, an empty list, map or string, zero or false. A message, a wrapper with zero
    /// in it and a chosen member of a oneof are something.
    /// </summary>
    public bool IsEmpty(IMessage message)
    {
        if (Oneof is not null) return Oneof.Accessor.GetCaseFieldDescriptor(message) is null;
        if (Field!.IsRepeated) return ((ICollection)Field.Accessor.GetValue(message)).Count == 0;
        if (Field.HasPresence) return !Field.Accessor.HasValue(message);
        return IsZero(Field.Accessor.GetValue(message));
    }

    /// <summary>Copies what is set, by reference: messages are never modified once they are in use.</summary>
    public void Copy(IMessage from, IMessage to)
    {
        var field = Field ?? Oneof!.Accessor.GetCaseFieldDescriptor(from);
        if (field is null) return;
        var value = field.Accessor.GetValue(from);
        if (field.IsMap)
        {
            var target = (IDictionary)field.Accessor.GetValue(to);
            target.Clear();
            foreach (DictionaryEntry entry in (IDictionary)value) target.Add(entry.Key, entry.Value);
        }
        else if (field.IsRepeated)
        {
            var target = (IList)field.Accessor.GetValue(to);
            target.Clear();
            foreach (var item in (IList)value) target.Add(item);
        }
        else
        {
            field.Accessor.SetValue(to, value);
        }
    }

    /// <summary>Whether a scalar, string or enum is what it is when unset.</summary>
    public static bool IsZero(object value) => value switch
    {
        string text => text.Length == 0,
        ByteString bytes => bytes.IsEmpty,
        bool flag => !flag,
        int number => number == 0,
        uint number => number == 0,
        long number => number == 0,
        ulong number => number == 0,
        float number => number == 0,
        double number => number == 0,
        Enum choice => Convert.ToInt32(choice, null) == 0,
        _ => false,
    };
}
