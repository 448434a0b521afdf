using Google.Protobuf.WellKnownTypes;
using Validate;

namespace Stagedoor.Translation.Validation;

/// <summary>Rules for durations.</summary>
internal static class DurationChecks
{
    public static ValueCheck? Compile(DurationRules rules)
    {
        ValueChecks.Known(rules, "required", "lt", "lte", "gt", "gte");
        if (rules.Lt is null && rules.Lte is null && rules.Gt is null && rules.Gte is null) return null;
        return value =>
        {
            var nanos = Nanos((Duration)value);
            if (rules.Lt is { } lt && nanos >= Nanos(lt)) return $"must be less than {Text(lt)}";
            if (rules.Lte is { } lte && nanos > Nanos(lte)) return $"must be at most {Text(lte)}";
            if (rules.Gt is { } gt && nanos <= Nanos(gt)) return $"must be greater than {Text(gt)}";
            if (rules.Gte is { } gte && nanos < Nanos(gte)) return $"must be at least {Text(gte)}";
            return null;
        };
    }

    private static Int128 Nanos(Duration duration) => ((Int128)duration.Seconds * 1_000_000_000) + duration.Nanos;

    private static string Text(Duration duration) => duration.ToString().Trim('"');
}
