namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Header names and values that Envoy refuses, or breaks on at the first request (envoy.md 6.1 and 6.5).
/// </summary>
internal static class HeaderChecks
{
    private const string TokenPunctuation = "!#$%&'*+-.^_`|~";

    /// <summary>Why a header of this name cannot be added or set; null if it can.</summary>
    public static string? CheckName(string name)
    {
        if (name.Length == 0) return "a header needs a name";
        if (name[0] == ':' || name.Equals("host", StringComparison.OrdinalIgnoreCase))
            return $"':'-prefixed headers and host may not be modified, but '{name}' is";
        return IsToken(name) ? null : $"'{name}' is not a header name";
    }

    /// <summary>Whether the text is a token of RFC 9110: the form of headers' and methods' names.</summary>
    public static bool IsToken(string text) => text.Length > 0
        && text.All(c => char.IsAsciiLetterOrDigit(c) || TokenPunctuation.Contains(c, StringComparison.Ordinal));

    /// <summary>Why a value is refused: control characters, or a command operator that does not exist.</summary>
    public static string? CheckValue(string value)
    {
        if (value.AsSpan().IndexOfAny('\0', '\r', '\n') >= 0) return "a header value must not contain NUL or line ends";
        return FormatOperators.Problem(value, false);
    }
}
