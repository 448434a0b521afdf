using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Stagedoor.Api.Documents;

/// <summary>
/// The type of an unquoted YAML scalar by the rules of kubectl's YAML library: booleans as in YAML 1.1 (the letters y
/// and n are strings), integers in four bases, timestamps left as strings.
/// </summary>
internal static class PlainScalar
{
    private static readonly SearchValues<char> FloatCharacters = SearchValues.Create("0123456789+-.eE");

    public static Node Resolve(string text, int line)
    {
        if (text.Length == 0) return new Node(NodeKind.Null, line);
        var first = text[0];
        if (char.IsAsciiLetter(first) || first == '~') return Word(text, line);
        if (char.IsAsciiDigit(first) || first is '+' or '-' or '.') return Number(text, line);
        return new Node(NodeKind.String, line) { Text = text };
    }

    private static Node Word(string text, int line)
    {
        switch (text)
        {
            case "~" or "null" or "Null" or "NULL":
                return new Node(NodeKind.Null, line);
            case "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON":
                return new Node(NodeKind.Bool, line) { Text = "true" };
            case "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF":
                return new Node(NodeKind.Bool, line) { Text = "false" };
            default:
                return new Node(NodeKind.String, line) { Text = text };
        }
    }

    private static Node Number(string text, int line)
    {
        var number = Integer(text) ?? Float(text);
        return number is null
            ? new Node(NodeKind.String, line) { Text = text }
            : new Node(NodeKind.Number, line) { Text = number };
    }

    private static string? Integer(string text)
    {
        // Beyond this no base fits 64 bits; the check keeps absurd digits from costing anything.
        if (text.Length > 80) return null;
        var digits = text.AsSpan();
        var sign = "";
        if (digits[0] is '+' or '-')
        {
            if (digits[0] == '-') sign = "-";
            digits = digits[1..];
        }

        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0])) return null;
        if (digits.Contains('_')) digits = digits.ToString().Replace("_", "", StringComparison.Ordinal);
        if (Magnitude(digits) is not { } value) return null;
        return sign.Length > 0 && value == 0 ? "0" : sign + value.ToString(CultureInfo.InvariantCulture);
    }

    private static ulong? Magnitude(ReadOnlySpan<char> digits)
    {
        if (digits is ['0', 'x' or 'X', ..])
            return Parse<ulong>(digits[2..], NumberStyles.AllowHexSpecifier);
        if (digits is ['0', 'b' or 'B', ..])
            return Parse<ulong>(digits[2..], NumberStyles.AllowBinarySpecifier);
        if (digits is ['0', 'o' or 'O', ..]) return Octal(digits[2..]);
        return digits is ['0', _, ..] ? Octal(digits[1..]) : Parse<ulong>(digits, NumberStyles.None);
    }

    private static T? Parse<T>(ReadOnlySpan<char> digits, NumberStyles style) where T : struct, INumberBase<T> =>
        T.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static ulong? Octal(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.Length > 21) return null;
        ulong value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7') return null;
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    private static string? Float(string text)
    {
        switch (text)
        {
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return "Infinity";
            case "-.inf" or "-.Inf" or "-.INF":
                return "-Infinity";
            case ".nan" or ".NaN" or ".NAN":
                return "NaN";
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (digits.AsSpan().ContainsAnyExcept(FloatCharacters)) return null;
        const NumberStyles style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : null;
    }
}
