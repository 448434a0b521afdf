using Stagedoor.Api.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Stagedoor.Api;

/// <summary>
/// Finds where a field stands in a text. Objects keep the line of their document only; this reads the text once more,
/// for the few fields that something is said of.
/// </summary>
public static class FieldLocator
{
    /// <summary>
    /// The place of a field, or of the innermost field around it that is written out; null if nothing of it is there,
    /// or the text is none that can be read.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="line">A line of the object: its first, or any below it.</param>
    /// <param name="field">Path within the object, for example <c>spec.virtualHost.routes[2]</c>.</param>
    public static FieldPlace? Find(string text, int line, string field)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(field);
        var (piece, firstLine) = DocumentSplitter.Split(text.TrimStart('\uFEFF'))
            .LastOrDefault(piece => piece.FirstLine <= line);
        if (piece is null) return null;
        try
        {
            var start = ObjectAt(piece, line - firstLine + 1);
            if (start < 0) return null;
            using var events = Events(piece).GetEnumerator();
            for (var i = 0; i <= start; i++) events.MoveNext();
            return Descend(events, Segments(field)) is { } place
                ? place with { Line = place.Line + firstLine - 1 }
                : null;
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException or ArgumentException
            or FormatException or IndexOutOfRangeException or OverflowException or NullReferenceException)
        {
            // What is wrong with the text is said by the reader.
            return null;
        }
    }

    /// <summary>
    /// The number of the event that starts the last object at or before a line: a root, or an item of a List.
    /// </summary>
    private static int ObjectAt(string piece, int line)
    {
        var (found, number, depth) = (-1, -1, 0);
        var (isKey, inItems, key) = (true, false, "");
        foreach (var current in Events(piece))
        {
            number++;
            switch (current)
            {
                case MappingStart or SequenceStart:
                    depth++;
                    if (depth == 2) inItems = key == "items" && current is SequenceStart;
                    var isObject = current is MappingStart && (depth == 1 || (depth == 3 && inItems));
                    if (isObject && current.Start.Line <= line) found = number;
                    if (depth == 1) isKey = true;
                    break;
                case MappingEnd or SequenceEnd:
                    depth--;
                    if (depth == 1) isKey = true;
                    break;
                case NodeEvent when depth == 1:
                    if (isKey) key = (current as Scalar)?.Value ?? "";
                    isKey = !isKey;
                    break;
            }
        }

        return found;
    }

    private static FieldPlace? Descend(IEnumerator<ParsingEvent> events, IEnumerable<string> segments)
    {
        FieldPlace? place = null;
        foreach (var segment in segments)
        {
            if (!Enter(events, segment, ref place)) break;
        }

        return place;
    }

    /// <summary>Goes to the value of a key or to an element of a list; false if there is none.</summary>
    private static bool Enter(IEnumerator<ParsingEvent> events, string segment, ref FieldPlace? place)
    {
        if (events.Current is SequenceStart)
            return int.TryParse(segment, out var index) && At(events, index, ref place);
        if (events.Current is not MappingStart) return false;
        while (events.MoveNext() && events.Current is not MappingEnd)
        {
            var isIt = events.Current is Scalar key && Same(key.Value, segment);
            if (isIt) place = PlaceOf(events.Current);
            else Skip(events);
            events.MoveNext();
            if (isIt) return true;
            Skip(events);
        }

        return false;
    }

    private static bool At(IEnumerator<ParsingEvent> events, int index, ref FieldPlace? place)
    {
        for (var i = 0; events.MoveNext() && events.Current is not SequenceEnd; i++)
        {
            if (i == index)
            {
                place = PlaceOf(events.Current);
                return true;
            }

            Skip(events);
        }

        return false;
    }

    private static void Skip(IEnumerator<ParsingEvent> events)
    {
        if (events.Current is not (MappingStart or SequenceStart)) return;
        for (var depth = 1; depth > 0 && events.MoveNext();)
        {
            if (events.Current is MappingStart or SequenceStart) depth++;
            else if (events.Current is MappingEnd or SequenceEnd) depth--;
        }
    }

    private static FieldPlace PlaceOf(ParsingEvent found)
    {
        var (start, end) = (found.Start, found.End);
        var isWord = found is Scalar && end.Line == start.Line && end.Column > start.Column;
        return new FieldPlace((int)start.Line, (int)start.Column, (int)(isWord ? end.Column : start.Column + 1));
    }

    /// <summary>Names are written in lowerCamelCase or snake_case.</summary>
    private static bool Same(string written, string name) =>
        written == name
        || string.Equals(
            written.Replace("_", "", StringComparison.Ordinal), name.Replace("_", "", StringComparison.Ordinal),
            StringComparison.OrdinalIgnoreCase);

    /// <summary>Splits <c>a.b[2].c[some/key]</c>.</summary>
    private static IEnumerable<string> Segments(string field)
    {
        var start = 0;
        for (var i = 0; i <= field.Length; i++)
        {
            if (i < field.Length && field[i] is not ('.' or '[')) continue;
            if (i > start) yield return field[start..i];
            start = i + 1;
            if (i == field.Length || field[i] == '.') continue;
            var close = field.IndexOf(']', i);
            if (close < 0) yield break;
            yield return field[start..close];
            start = close + 1;
            i = close;
        }
    }

    private static IEnumerable<ParsingEvent> Events(string piece)
    {
        var parser = new Parser(new Scanner(new StringReader(piece), skipComments: true));
        while (parser.MoveNext())
        {
            if (parser.Current is { } current) yield return current;
        }
    }
}
