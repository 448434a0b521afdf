namespace Stagedoor.Api.Documents;

/// <summary>
/// Cuts a text before the lines that begin a YAML document (<c>---</c>), as kubectl does, and after those that end one
/// (<c>...</c>): then a document that is not YAML costs only itself. In YAML such a line never is content.
/// </summary>
internal static class DocumentSplitter
{
    /// <summary>The pieces in order, each with its first line (one-based).</summary>
    public static IEnumerable<(string Text, int FirstLine)> Split(string text)
    {
        var start = 0;
        var firstLine = 1;
        var line = 1;
        var position = 0;
        var ended = false;
        while (position < text.Length)
        {
            if (position > start && (ended || IsMarker(text, position, "---"))
                && !IsPreamble(text.AsSpan(start, position - start)))
            {
                yield return (text[start..position], firstLine);
                start = position;
                firstLine = line;
            }

            ended = IsMarker(text, position, "...");
            var end = text.IndexOf('\n', position);
            if (end < 0) break;
            position = end + 1;
            line++;
        }

        if (start < text.Length) yield return (start == 0 ? text : text[start..], firstLine);
    }

    private static bool IsMarker(string text, int position, string marker) =>
        string.CompareOrdinal(text, position, marker, 0, 3) == 0
        && (position + 3 == text.Length || text[position + 3] is ' ' or '\t' or '\r' or '\n');

    /// <summary>Directives (<c>%YAML</c>) stand before the marker of their own document.</summary>
    private static bool IsPreamble(ReadOnlySpan<char> piece)
    {
        var hasDirective = false;
        foreach (var line in piece.EnumerateLines())
        {
            if (line.IsWhiteSpace() || line[0] == '#') continue;
            if (line[0] != '%') return false;
            hasDirective = true;
        }

        return hasDirective;
    }
}
