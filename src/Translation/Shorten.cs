namespace Stagedoor.Translation;

/// <summary>Users' text inside messages, cut to a length that a status can carry.</summary>
internal static class Shorten
{
    private const int MaxText = 100;
    private const int MaxNames = 5;

    /// <summary>The text, or its beginning and three dots.</summary>
    public static string Text(string text, int most = MaxText)
    {
        if (text.Length <= most) return text;
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Concat(text.AsSpan(0, end), "...");
    }

    /// <summary>The first five, and how many more there are.</summary>
    public static string Names(IEnumerable<string> names, int count)
    {
        var first = string.Join(", ", names.Take(MaxNames).Select(name => Text(name)));
        return count <= MaxNames ? first : $"{first} and {count - MaxNames} more";
    }
}
