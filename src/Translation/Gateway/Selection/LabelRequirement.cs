using System.Collections.Immutable;
using System.Globalization;

namespace Stagedoor.Translation.Gateway;

/// <summary>One label expression, checked as Kubernetes checks label requirements.</summary>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, ImmutableArray<string> Values)
{
    private long Number { get; init; }

    /// <summary>The expression, or null and what is wrong with it.</summary>
    public static LabelRequirement? Parse(
        string key, LabelOperator op, IReadOnlyCollection<string> values, out string error)
    {
        error = "";
        long number = 0;
        if (!LabelSyntax.IsKey(key))
            error = $"\"{Shorten.Text(key)}\" is no label key";
        else if (Miscounted(op, values.Count) is { } expected)
            error = $"{op} on label {key} takes {expected}, not {values.Count}";
        else if (values.FirstOrDefault(value => !LabelSyntax.IsValue(value)) is { } bad)
            error = $"\"{Shorten.Text(bad)}\" is no label value";
        else if (op is LabelOperator.GreaterThan or LabelOperator.LessThan && !TryNumber(values.First(), out number))
            error = $"{op} on label {key} takes an integer, not \"{values.First()}\"";
        return error.Length == 0 ? new LabelRequirement(key, op, [.. values]) { Number = number } : null;
    }

    /// <summary>Whether an object with these labels fulfils it.</summary>
    public bool Matches(ImmutableSortedDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.Exists => has,
            LabelOperator.DoesNotExist => !has,
            LabelOperator.NotEquals or LabelOperator.NotIn => !has || !Values.Contains(value!),
            LabelOperator.GreaterThan => has && TryNumber(value!, out var number) && number > Number,
            LabelOperator.LessThan => has && TryNumber(value!, out var number) && number < Number,
            _ => has && Values.Contains(value!),
        };
    }

    private static string? Miscounted(LabelOperator op, int count) => op switch
    {
        LabelOperator.In or LabelOperator.NotIn => count > 0 ? null : "one or more values",
        LabelOperator.Exists or LabelOperator.DoesNotExist => count == 0 ? null : "no value",
        _ => count == 1 ? null : "exactly one value",
    };

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
