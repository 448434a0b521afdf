using System.Buffers;

namespace Stagedoor.Api.Documents;

/// <summary>Refuses characters that no document may hold, before a parser takes NUL for the end of the text.</summary>
internal static class TextCheck
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [
            .. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c),
            '\u007F', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c),
        ]);

    /// <exception cref="DocumentException">The text holds a control character or half a surrogate pair.</exception>
    public static void Check(string text, int firstLine)
    {
        var position = 0;
        while (text.AsSpan(position).IndexOfAny(Suspicious) is var found and >= 0)
        {
            position += found;
            if (!IsPair(text, position))
                throw new DocumentException(
                    DocumentCodes.Syntax,
                    firstLine + text.AsSpan(0, position).Count('\n'),
                    char.IsSurrogate(text[position])
                        ? "half a surrogate pair"
                        : $"control character U+{(int)text[position]:X4}");
            position += 2;
        }
    }

    private static bool IsPair(string text, int position) =>
        position + 1 < text.Length && char.IsSurrogatePair(text[position], text[position + 1]);
}
