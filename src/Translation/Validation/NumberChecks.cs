using System.Globalization;
using Google.Protobuf.Collections;
using Validate;

namespace Stagedoor.Translation.Validation;

/// <summary>Rules for numbers, of whichever type.</summary>
internal static class NumberChecks
{
    public static ValueCheck Compile(FieldRules rules) => rules.TypeCase switch
    {
        FieldRules.TypeOneofCase.Uint32 => Of(rules.Uint32.IgnoreEmpty, Bounds(
            rules.Uint32.HasConst, rules.Uint32.Const, rules.Uint32.HasLt, rules.Uint32.Lt, rules.Uint32.HasLte,
            rules.Uint32.Lte, rules.Uint32.HasGt, rules.Uint32.Gt, rules.Uint32.HasGte, rules.Uint32.Gte,
            rules.Uint32.In, rules.Uint32.NotIn)),
        FieldRules.TypeOneofCase.Uint64 => Of(rules.Uint64.IgnoreEmpty, Bounds(
            rules.Uint64.HasConst, rules.Uint64.Const, rules.Uint64.HasLt, rules.Uint64.Lt, rules.Uint64.HasLte,
            rules.Uint64.Lte, rules.Uint64.HasGt, rules.Uint64.Gt, rules.Uint64.HasGte, rules.Uint64.Gte,
            rules.Uint64.In, rules.Uint64.NotIn)),
        FieldRules.TypeOneofCase.Int32 => Of(rules.Int32.IgnoreEmpty, Bounds(
            rules.Int32.HasConst, rules.Int32.Const, rules.Int32.HasLt, rules.Int32.Lt, rules.Int32.HasLte,
            rules.Int32.Lte, rules.Int32.HasGt, rules.Int32.Gt, rules.Int32.HasGte, rules.Int32.Gte,
            rules.Int32.In, rules.Int32.NotIn)),
        FieldRules.TypeOneofCase.Int64 => Of(rules.Int64.IgnoreEmpty, Bounds(
            rules.Int64.HasConst, rules.Int64.Const, rules.Int64.HasLt, rules.Int64.Lt, rules.Int64.HasLte,
            rules.Int64.Lte, rules.Int64.HasGt, rules.Int64.Gt, rules.Int64.HasGte, rules.Int64.Gte,
            rules.Int64.In, rules.Int64.NotIn)),
        FieldRules.TypeOneofCase.Double => Of(rules.Double.IgnoreEmpty, Bounds(
            rules.Double.HasConst, rules.Double.Const, rules.Double.HasLt, rules.Double.Lt, rules.Double.HasLte,
            rules.Double.Lte, rules.Double.HasGt, rules.Double.Gt, rules.Double.HasGte, rules.Double.Gte,
            rules.Double.In, rules.Double.NotIn)),
        FieldRules.TypeOneofCase.Float => Of(rules.Float.IgnoreEmpty, Bounds(
            rules.Float.HasConst, rules.Float.Const, rules.Float.HasLt, rules.Float.Lt, rules.Float.HasLte,
            rules.Float.Lte, rules.Float.HasGt, rules.Float.Gt, rules.Float.HasGte, rules.Float.Gte,
            rules.Float.In, rules.Float.NotIn)),
        _ => throw new NotSupportedException($"rules of type {rules.TypeCase} are not known here"),
    };

    private static ValueCheck Of<T>(bool ignoreEmpty, Func<T, string?> check) where T : struct, IEquatable<T> =>
        ignoreEmpty
            ? value => ((T)value).Equals(default) ? null : check((T)value)
            : value => check((T)value);

    private static Func<T, string?> Bounds<T>(
        bool hasConst, T constant, bool hasLt, T lt, bool hasLte, T lte, bool hasGt, T gt, bool hasGte, T gte,
        RepeatedField<T> allowed, RepeatedField<T> forbidden)
        where T : struct, IComparable<T>
    {
        var hasUpper = hasLt || hasLte;
        var hasLower = hasGt || hasGte;
        var upper = hasLt ? lt : lte;
        var lower = hasGt ? gt : gte;

        // An upper bound below the lower one means "outside of the range" (PGV).
        var isInverted = hasUpper && hasLower && upper.CompareTo(lower) < 0;
        bool BelowUpper(T value) => hasLt ? value.CompareTo(lt) < 0 : value.CompareTo(lte) <= 0;
        bool AboveLower(T value) => hasGt ? value.CompareTo(gt) > 0 : value.CompareTo(gte) >= 0;
        return value =>
        {
            // NaN is below everything for CompareTo and fails every comparison in C++.
            if (value is double.NaN or float.NaN && (hasUpper || hasLower)) return "must be a number";
            if (hasConst && value.CompareTo(constant) != 0) return $"must be {Text(constant)}";
            if (isInverted)
                return BelowUpper(value) || AboveLower(value) ? null : "is in a range that is not allowed";
            if (hasUpper && !BelowUpper(value)) return $"must be {(hasLt ? "less than" : "at most")} {Text(upper)}";
            if (hasLower && !AboveLower(value))
                return $"must be {(hasGt ? "greater than" : "at least")} {Text(lower)}";
            if (allowed.Count > 0 && !allowed.Contains(value)) return "is not one of the values allowed";
            return forbidden.Contains(value) ? "is a value that is not allowed" : null;
        };
    }

    private static string Text<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
