using System.Text.RegularExpressions;

namespace Stagedoor.Xds.Sessions;

/// <summary>
/// The text of a NACK: what may be shown of it (rule I6: Envoy prints the rejected message, private keys included) and
/// which resources it names.
/// </summary>
public static partial class NackText
{
    /// <summary>Characters that are kept; Envoy itself cuts at about 4 KB.</summary>
    public const int MaxLength = 4096;

    private const int MaxRead = 16 * MaxLength;

    /// <summary>The text without PEM blocks and inline data, at most <see cref="MaxLength"/> characters.</summary>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxRead) text = text[..MaxRead];
        var safe = Inline().Replace(Pem().Replace(text, "[redacted]"), "${field}\"[redacted]\"");
        return safe.Length <= MaxLength ? safe : safe[..MaxLength];
    }

    /// <summary>
    /// Whether the text names this resource: as a word of its own. Names under three characters are taken as named only
    /// where Envoy lists what it rejected.
    /// </summary>
    internal static bool Names(string text, string name)
    {
        if (name.Length == 0) return false;
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + name.Length;
            if (StartsWord(text, at) && EndsWord(text, end) && (name.Length >= 3 || IsListed(text, at, end)))
                return true;
        }

        return false;
    }

    // "Error adding/updating listener(s) name: reason, name: reason" and "cluster 'name' ...".
    private static bool IsListed(string text, int at, int end)
    {
        var before = text.AsSpan(0, at);
        var after = text.AsSpan(end);
        return (before.EndsWith("'") && after.StartsWith("'"))
            || ((before.EndsWith("(s) ") || before.EndsWith(", ")) && (after.StartsWith(":") || after.StartsWith(",")));
    }

    private static bool StartsWord(string text, int at) => at == 0 || !IsNamePart(text[at - 1]);

    private static bool EndsWord(string text, int end)
    {
        if (end == text.Length) return true;
        if (!IsNamePart(text[end])) return true;
        // A full stop at the end of a sentence is no part of the name.
        return text[end] == '.' && (end + 1 == text.Length || char.IsWhiteSpace(text[end + 1]));
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '~' or '/';

    // A text that was cut has no END line: then everything after BEGIN goes.
    [GeneratedRegex(@"-----BEGIN [^-]*-----.*?(-----END [^-]*-----|\z)", RegexOptions.Singleline, 1000)]
    private static partial Regex Pem();

    [GeneratedRegex(
        @"(?<field>inline_(?:string|bytes)""?: ?)""(?:[^""\\]|\\.)*(?:""|\z)", RegexOptions.Singleline, 1000)]
    private static partial Regex Inline();
}
