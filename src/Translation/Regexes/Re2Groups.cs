namespace Stagedoor.Translation;

/// <summary>RE2's groups that begin with <c>(?</c>: named ones and flags.</summary>
internal static class Re2Groups
{
    /// <summary>The position behind the opening, and whether a group is open then; flags alone open none.</summary>
    public static int Skip(string text, int open, HashSet<string> names, out bool opens)
    {
        opens = true;
        var rest = text.AsSpan(open);
        if (rest.StartsWith("(?P<") || (rest.StartsWith("(?<") && !rest.StartsWith("(?<=") && !rest.StartsWith("(?<!")))
            return SkipName(text, open, names);
        var negated = false;
        var flag = true;
        for (var at = open + 2; at < text.Length; at++)
        {
            switch (text[at])
            {
                case 'i' or 'm' or 's' or 'U':
                    flag = true;
                    break;
                case '-' when !negated:
                    negated = true;
                    flag = false;
                    break;
                case ':' or ')' when flag:
                    opens = text[at] == ':';
                    return at + 1;
                default:
                    throw Invalid(text[open..(at + 1)]);
            }
        }

        throw new Re2SyntaxException("missing closing )");
    }

    private static int SkipName(string text, int open, HashSet<string> names)
    {
        var from = text.IndexOf('<', open) + 1;
        var close = text.IndexOf('>', from);
        if (close < 0) throw new Re2SyntaxException($"invalid named capture: {Shorten.Text(text[open..])}");
        var name = text[from..close];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new Re2SyntaxException($"invalid named capture: {Shorten.Text(text[open..(close + 1)])}");
        if (!names.Add(name)) throw new Re2SyntaxException($"duplicate capture group name: {Shorten.Text(name)}");
        return close + 1;
    }

    private static Re2SyntaxException Invalid(string written) =>
        new($"invalid perl operator: {Shorten.Text(written)}");
}
