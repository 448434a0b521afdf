using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Validate;

namespace Stagedoor.Translation.Validation;

/// <summary>Rules for strings.</summary>
internal static class StringChecks
{
    // What PGV's patterns for well_known_regex allow, without the leading colon of a pseudo-header.
    private static readonly SearchValues<char> HeaderName = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+,-.^_|~`");

    public static ValueCheck Compile(StringRules rules)
    {
        ValueChecks.Known(
            rules, "const", "min_len", "max_len", "min_bytes", "max_bytes", "pattern", "prefix", "in", "not_in",
            "well_known_regex", "strict", "ignore_empty", "uri", "address", "ip");
        var pattern = rules.HasPattern
            ? new Regex(rules.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
            : null;
        return value => Check((string)value, rules, pattern);
    }

    private static string? Check(string text, StringRules rules, Regex? pattern)
    {
        if (text.Length == 0 && rules.IgnoreEmpty) return null;
        return Length(text, rules)
            ?? Content(text, rules, pattern)
            ?? (rules.WellKnownCase == StringRules.WellKnownOneofCase.WellKnownRegex ? Header(text, rules) : null);
    }

    private static string? Length(string text, StringRules rules)
    {
        if (rules.HasMinLen && text.Length == 0 && rules.MinLen > 0) return "must not be empty";
        if (rules.HasMinBytes && text.Length == 0 && rules.MinBytes > 0) return "must not be empty";
        if (rules.HasMinLen && (ulong)Runes(text) < rules.MinLen)
            return $"must have at least {rules.MinLen} characters";
        if (rules.HasMaxLen && (ulong)Runes(text) > rules.MaxLen) return $"must have at most {rules.MaxLen} characters";
        if (!rules.HasMinBytes && !rules.HasMaxBytes) return null;
        var bytes = (ulong)Encoding.UTF8.GetByteCount(text);
        if (rules.HasMinBytes && bytes < rules.MinBytes) return $"must have at least {rules.MinBytes} bytes";
        if (rules.HasMaxBytes && bytes > rules.MaxBytes) return $"must have at most {rules.MaxBytes} bytes";
        return null;
    }

    private static string? Content(string text, StringRules rules, Regex? pattern)
    {
        if (rules.HasConst && text != rules.Const) return "is not the only value allowed";
        if (rules.HasPrefix && !text.StartsWith(rules.Prefix, StringComparison.Ordinal))
            return $"must start with {rules.Prefix}";
        if (pattern is not null && !pattern.IsMatch(text)) return $"must match {rules.Pattern}";
        if (rules.In.Count > 0 && !rules.In.Contains(text)) return "is not one of the values allowed";
        return rules.NotIn.Contains(text) ? "is a value that is not allowed" : null;
    }

    private static string? Header(string text, StringRules rules)
    {
        var isName = rules.WellKnownRegex == KnownRegex.HttpHeaderName;
        if (!rules.Strict)
            return text.AsSpan().IndexOfAny('\0', '\r', '\n') >= 0 ? "must not hold NUL or line breaks" : null;
        if (isName)
        {
            var name = text.AsSpan(text.StartsWith(':') ? 1 : 0);
            return name.IsEmpty || name.ContainsAnyExcept(HeaderName) ? "is not the name of a header" : null;
        }

        foreach (var character in text)
            if (character is (< ' ' and not '\t') or '\x7f')
                return "holds a control character, which a header's value must not";
        return null;
    }

    private static int Runes(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }
}
