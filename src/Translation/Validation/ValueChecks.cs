using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Validate;

namespace Stagedoor.Translation.Validation;

/// <summary>Turns the rules of a field into a check of its value.</summary>
internal static class ValueChecks
{
    /// <summary>A check, or null when the rules say nothing about the value itself.</summary>
    /// <param name="field">The field; for a map its key or value field.</param>
    /// <param name="rules">Its rules, or null.</param>
    /// <param name="isWrapper">Whether the value arrives unwrapped (<c>UInt32Value</c> as <c>uint</c>).</param>
    /// <exception cref="NotSupportedException">
    /// A rule that this validator does not know: never silently skipped.
    /// </exception>
    public static ValueCheck? Compile(FieldDescriptor field, FieldRules? rules, bool isWrapper) =>
        rules?.TypeCase switch
        {
            null or FieldRules.TypeOneofCase.None => null,
            FieldRules.TypeOneofCase.Repeated or FieldRules.TypeOneofCase.Map => null,
            FieldRules.TypeOneofCase.String => StringChecks.Compile(rules.String),
            FieldRules.TypeOneofCase.Bytes => Bytes(rules.Bytes),
            FieldRules.TypeOneofCase.Enum => EnumValue(field, rules.Enum),
            FieldRules.TypeOneofCase.Bool => Bool(rules.Bool),
            FieldRules.TypeOneofCase.Duration => DurationChecks.Compile(rules.Duration),
            FieldRules.TypeOneofCase.Any => AnyValue(rules.Any),
            FieldRules.TypeOneofCase.Timestamp => Known(rules.Timestamp, "required"),
            _ => NumberChecks.Compile(rules),
        };

    /// <summary>Fails when a rule message sets anything but the rules named.</summary>
    internal static ValueCheck? Known(IMessage rules, params ReadOnlySpan<string> names)
    {
        foreach (var field in rules.Descriptor.Fields.InDeclarationOrder())
        {
            var isSet = field.IsRepeated
                ? ((System.Collections.IList)field.Accessor.GetValue(rules)).Count > 0
                : field.Accessor.HasValue(rules);
            if (isSet && !names.Contains(field.Name))
                throw new NotSupportedException($"rule {rules.Descriptor.Name}.{field.Name} is not known here");
        }

        return null;
    }

    private static ValueCheck? Bytes(BytesRules rules)
    {
        Known(rules, "min_len", "max_len", "ignore_empty");
        return value =>
        {
            var length = (ulong)((ByteString)value).Length;
            if (length == 0 && rules.IgnoreEmpty) return null;
            if (rules.HasMinLen && length < rules.MinLen) return $"must have at least {rules.MinLen} bytes";
            if (rules.HasMaxLen && length > rules.MaxLen) return $"must have at most {rules.MaxLen} bytes";
            return null;
        };
    }

    private static ValueCheck? Bool(BoolRules rules) =>
        rules.HasConst ? value => (bool)value == rules.Const ? null : $"must be {rules.Const}" : null;

    private static ValueCheck? EnumValue(FieldDescriptor field, EnumRules rules)
    {
        Known(rules, "const", "defined_only", "in", "not_in");
        var defined = field.EnumType.Values.Select(value => value.Number).ToHashSet();
        return value =>
        {
            var number = (int)value;
            if (rules.DefinedOnly && !defined.Contains(number)) return "is not a value of its enum";
            if (rules.HasConst && number != rules.Const) return "is not the only value allowed";
            if (rules.In.Count > 0 && !rules.In.Contains(number)) return "is not one of the values allowed";
            if (rules.NotIn.Contains(number)) return "is a value that is not allowed";
            return null;
        };
    }

    private static ValueCheck? AnyValue(AnyRules rules)
    {
        Known(rules, "required", "in", "not_in");
        if (rules.In.Count == 0 && rules.NotIn.Count == 0) return null;
        return value =>
        {
            var url = ((Any)value).TypeUrl;
            if (rules.In.Count > 0 && !rules.In.Contains(url)) return "has a type that is not allowed";
            return rules.NotIn.Contains(url) ? "has a type that is not allowed" : null;
        };
    }
}
