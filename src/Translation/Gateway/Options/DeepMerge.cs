using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Solo.Core;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Reconciles the settings of a delegating Gateway (parent) with those of a matchable gateway (child), field by field
/// into nested messages (gateway-translation 1.5).
/// </summary>
internal static class DeepMerge
{
    /// <summary>The child's settings, filled from the parent's.</summary>
    /// <param name="child">Settings that normally win.</param>
    /// <param name="parent">Settings that fill what the child leaves open.</param>
    /// <param name="preventChildOverrides">
    /// Whether the parent wins where both set a field of type BoolValue, StringValue, UInt32Value, Duration or
    /// ResourceRef.
    /// </param>
    public static T? Of<T>(T? child, T? parent, bool preventChildOverrides) where T : class, IDeepCloneable<T>, IMessage
    {
        if (child is null || parent is null) return child ?? parent;
        var result = child.Clone();
        Fill(result, parent, preventChildOverrides);
        return result;
    }

    private static void Fill(IMessage child, IMessage parent, bool prevent)
    {
        foreach (var unit in FieldUnit.Of(child.Descriptor))
        {
            if (unit.IsEmpty(parent)) continue;
            if (unit.IsEmpty(child))
            {
                unit.Copy(parent, child);
                continue;
            }

            var field = unit.Field ?? unit.Oneof!.Accessor.GetCaseFieldDescriptor(child);
            if (unit.Oneof is not null && unit.Oneof.Accessor.GetCaseFieldDescriptor(parent) != field) continue;
            if (field.FieldType == FieldType.Message && !field.IsRepeated) FillMessage(field, child, parent, prevent);
        }
    }

    private static void FillMessage(FieldDescriptor field, IMessage child, IMessage parent, bool prevent)
    {
        var inParent = field.Accessor.GetValue(parent);
        if (IsAtom(field.MessageType))
        {
            if (prevent) field.Accessor.SetValue(child, inParent);
        }
        else if (field.Accessor.GetValue(child) is IMessage nested)
        {
            Fill(nested, (IMessage)inParent, prevent);
        }
        else if (FieldUnit.IsZero(field.Accessor.GetValue(child)))
        {
            // A wrapper of another type is filled like the scalar that it holds.
            field.Accessor.SetValue(child, inParent);
        }
    }

    private static bool IsAtom(MessageDescriptor type) =>
        type == BoolValue.Descriptor || type == StringValue.Descriptor || type == UInt32Value.Descriptor
        || type == Duration.Descriptor || type == ResourceRef.Descriptor;
}
