using System.Collections.Frozen;

namespace Stagedoor.Translation;

/// <summary>RE2's bracket expressions.</summary>
internal static class Re2CharacterClass
{
    private static readonly FrozenSet<string> Named = new[]
    {
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The position behind the bracket expression that starts at <paramref name="open"/>.</summary>
    public static int Skip(string text, int open)
    {
        var at = open + 1;
        if (at < text.Length && text[at] == '^') at++;
        for (var first = true; ; first = false)
        {
            if (at >= text.Length) throw new Re2SyntaxException($"missing closing ]: {Shorten.Text(text[open..])}");
            if (text[at] == ']' && !first) return at + 1;
            at = SkipItem(text, at);
        }
    }

    private static int SkipItem(string text, int at)
    {
        if (text[at] == '[' && at + 1 < text.Length && text[at + 1] == ':')
        {
            var close = text.IndexOf(":]", at + 2, StringComparison.Ordinal);
            if (close > 0)
            {
                var name = text[(at + 2)..close].TrimStart('^');
                return Named.Contains(name) ? close + 2 : throw BadRange(text[at..(close + 2)]);
            }
        }

        var end = SkipCharacter(text, at, out var low);
        if (low < 0 || end + 1 >= text.Length || text[end] != '-' || text[end + 1] == ']') return end;
        end = SkipCharacter(text, end + 1, out var high);
        return high >= low ? end : throw BadRange(text[at..end]);
    }

    private static int SkipCharacter(string text, int at, out int rune)
    {
        if (text[at] == '\\') return Re2Escapes.Skip(text, at, out rune);
        if (char.IsSurrogatePair(text, at))
        {
            rune = char.ConvertToUtf32(text, at);
            return at + 2;
        }

        rune = text[at];
        return at + 1;
    }

    private static Re2SyntaxException BadRange(string written) =>
        new($"invalid character class range: {Shorten.Text(written)}");
}
