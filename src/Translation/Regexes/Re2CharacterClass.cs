using System.Collections.Frozen;
using System.Text;

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
    public static int Skip(string text, int open, Re2Alphabet alphabet, bool folds, out Re2Size size)
    {
        var at = open + 1;
        var most = 1L;
        var canMatch = false;
        if (at < text.Length && text[at] == '^') at++;
        for (var first = true; ; first = false)
        {
            if (at >= text.Length) throw new Re2SyntaxException($"missing closing ]: {Shorten.Text(text[open..])}");
            if (text[at] == ']' && !first)
            {
                if (text[open + 1] == '^')
                {
                    canMatch = false;
                    most += folds ? Re2Size.FoldedClass.High : Re2Size.Class.High;
                }

                size = new Re2Size(canMatch ? 1 : 0, most, !canMatch);
                return at + 1;
            }

            var item = at;
            at = SkipItem(text, at, alphabet, out var named);
            canMatch |= !named;
            most += SizeOf(text.AsSpan(item, at - item), named, folds);
        }
    }

    /// <summary>Ranges outside of ASCII are cut in pieces in UTF-8, and other cases may add to any.</summary>
    private static long SizeOf(ReadOnlySpan<char> item, bool named, bool folds)
    {
        if (item.StartsWith("\\p") || item.StartsWith("\\P")) return Re2Size.Property.High;
        if (named) return folds ? Re2Size.FoldedClass.High : Re2Size.Class.High;
        if (!Ascii.IsValid(item) || item.Contains("\\x", StringComparison.Ordinal)) return 100;
        return folds ? 9 : 1;
    }

    private static int SkipItem(string text, int at, Re2Alphabet alphabet, out bool named)
    {
        named = false;
        if (text[at] == '[' && at + 1 < text.Length && text[at + 1] == ':')
        {
            var close = text.IndexOf(":]", at + 2, StringComparison.Ordinal);
            if (close > 0)
            {
                var name = text[(at + 2)..close].TrimStart('^');
                named = true;
                return Named.Contains(name) ? close + 2 : throw BadRange(text[at..(close + 2)]);
            }
        }

        var end = SkipCharacter(text, at, alphabet, out var low);
        named = low < 0;
        if (low < 0 || end + 1 >= text.Length || text[end] != '-' || text[end + 1] == ']') return end;
        end = SkipCharacter(text, end + 1, alphabet, out var high);
        return high >= low ? end : throw BadRange(text[at..end]);
    }

    private static int SkipCharacter(string text, int at, Re2Alphabet alphabet, out int rune)
    {
        if (text[at] == '\\') return Re2Escapes.Skip(text, at, alphabet, out rune);
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
