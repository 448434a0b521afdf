using System.Globalization;

namespace Stagedoor.Translation;

/// <summary>RE2's escapes that stand for a character or a class, inside and outside of brackets.</summary>
internal static class Re2Escapes
{
    /// <summary>The position behind the escape, and its character; -1 if it stands for a class.</summary>
    public static int Skip(string text, int at, Re2Alphabet alphabet, out int rune)
    {
        rune = -1;
        if (at + 1 >= text.Length) throw new Re2SyntaxException("trailing \\ at end of expression");
        var c = text[at + 1];
        switch (c)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                return at + 2;
            case 'p' or 'P':
                return SkipProperty(text, at);
            case 'x':
                return SkipHex(text, at, (int)alphabet, out rune);
            case >= '1' and <= '7' when !IsOctal(text, at + 2):
                throw Bad(text, at, 2);
            case >= '0' and <= '7':
                var end = at + 2;
                rune = c - '0';
                while (end < at + 4 && IsOctal(text, end)) rune = (rune * 8) + (text[end++] - '0');
                return end;
            case 'a' or 'f' or 'n' or 'r' or 't' or 'v':
                rune = c switch { 'a' => 7, 'f' => 12, 'n' => 10, 'r' => 13, 't' => 9, _ => 11 };
                return at + 2;
            case < '\u0080' when !char.IsAsciiLetterOrDigit(c) && c != '_':
                rune = c;
                return at + 2;
            default:
                throw Bad(text, at, 2);
        }
    }

    private static bool IsOctal(string text, int at) => at < text.Length && text[at] is >= '0' and <= '7';

    private static int SkipHex(string text, int at, int maxRune, out int rune)
    {
        var from = at + 2;
        if (from < text.Length && text[from] == '{')
        {
            var close = text.IndexOf('}', from);
            var digits = close < 0 ? "" : text[(from + 1)..close].TrimStart('0');
            if (close <= from + 1 || digits.Length > 6 || !TryHex(digits, out rune) || rune > maxRune)
                throw Bad(text, at, close < 0 ? text.Length - at : close + 1 - at);
            return close + 1;
        }

        if (from + 2 > text.Length || !TryHex(text[from..(from + 2)], out rune)) throw Bad(text, at, 4);
        return from + 2;
    }

    private static bool TryHex(string digits, out int rune)
    {
        rune = 0;
        return digits.Length == 0
            || int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out rune);
    }

    private static int SkipProperty(string text, int at)
    {
        var from = at + 2;
        if (from >= text.Length) throw Bad(text, at, 2);
        if (text[from] != '{')
        {
            if (Re2Properties.IsKnown(text.AsSpan(from, 1))) return from + 1;
            throw new Re2SyntaxException($"invalid character class range: {text[at..(from + 1)]}");
        }

        var close = text.IndexOf('}', from);
        var name = close < 0 ? [] : text.AsSpan(from + 1, close - from - 1).TrimStart('^');
        if (close > 0 && Re2Properties.IsKnown(name)) return close + 1;
        var written = text[at..(close < 0 ? text.Length : close + 1)];
        throw new Re2SyntaxException($"invalid character class range: {Shorten.Text(written)}");
    }

    private static Re2SyntaxException Bad(string text, int at, int length) =>
        new($"invalid escape sequence: {Shorten.Text(text.Substring(at, Math.Min(length, text.Length - at)))}");
}
