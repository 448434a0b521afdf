namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Which paths and redirect targets are fit to be sent (envoy-translation 4.4), scanned once without a regex.
/// </summary>
internal static class PathHygiene
{
    private const string Punctuation = "/:@._~!$&'()*+,=;-";

    /// <summary>Why the text is unfit; null if it is fit or empty.</summary>
    public static string? Check(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal)) continue;
            if (c == '%' && i + 2 < path.Length
                && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]))
            {
                if (path[i + 1] == '2' && path[i + 2] is 'f' or 'F')
                    return "it must not contain an escaped slash (%2f)";
                i += 2;
                continue;
            }

            return c == '%'
                ? "'%' must be followed by two hexadecimal digits"
                : $"the character '{Printable(c)}' is not allowed";
        }

        if (path.Contains("//", StringComparison.Ordinal)) return "it must not contain '//'";
        if (path.Contains("/./", StringComparison.Ordinal) || path.EndsWith("/.", StringComparison.Ordinal))
            return "it must not contain the segment '.'";
        return path.Contains("/../", StringComparison.Ordinal) || path.EndsWith("/..", StringComparison.Ordinal)
            ? "it must not contain the segment '..'"
            : null;
    }

    /// <summary>The same for a rewrite, of which only the path before '?' and '#' counts.</summary>
    public static string? CheckRewrite(string rewrite)
    {
        var end = rewrite.IndexOfAny(['?', '#']);
        return Check(end < 0 ? rewrite : rewrite[..end]);
    }

    private static string Printable(char c) => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString();
}
