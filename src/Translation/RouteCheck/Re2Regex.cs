using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Stagedoor.Translation.RouteCheck;

/// <summary>
/// Regular expressions as RE2 reads them, run by .NET's engine without backtracking, whose matches are the same once
/// the few differences of syntax are out of the way.
/// </summary>
internal static class Re2Regex
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
    private const int MaxKnown = 4096;

    private static readonly ConcurrentDictionary<string, Regex?> Known = new(StringComparer.Ordinal);

    private static readonly (string Posix, string Set)[] Classes =
    [
        ("[:alnum:]", "0-9A-Za-z"), ("[:alpha:]", "A-Za-z"), ("[:digit:]", "0-9"), ("[:lower:]", "a-z"),
        ("[:upper:]", "A-Z"), ("[:space:]", @"\t\n\v\f\r "), ("[:word:]", "0-9A-Za-z_"), ("[:xdigit:]", "0-9A-Fa-f"),
        ("[:blank:]", @"\t "), ("[:cntrl:]", @"\x00-\x1F\x7F"), ("[:print:]", " -~"), ("[:graph:]", "!-~"),
        ("[:punct:]", @"!-/:-@\[-`{-~"), ("[:ascii:]", @"\x00-\x7F"),
    ];

    /// <summary>Whether the whole text matches; null if the expression is beyond this check.</summary>
    public static bool? IsFullMatch(string pattern, string text) =>
        Get($@"\A(?:{Translate(pattern)})\z")?.IsMatch(text);

    /// <summary>
    /// The text with every match replaced, <c>\0</c> to <c>\9</c> standing for groups; null if the expression is
    /// beyond this check.
    /// </summary>
    public static string? ReplaceAll(string pattern, string text, string substitution)
    {
        if (Get(Translate(pattern)) is not { } regex) return null;
        var result = new StringBuilder();
        var (copied, lastEnd) = (0, -1);
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            // RE2 takes no empty match right behind another one.
            if (match.Length == 0 && match.Index == lastEnd) continue;
            result.Append(text, copied, match.Index - copied);
            Append(result, match, substitution);
            copied = lastEnd = match.Index + match.Length;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    private static void Append(StringBuilder result, Match match, string substitution)
    {
        for (var i = 0; i < substitution.Length; i++)
        {
            if (substitution[i] != '\\' || i + 1 == substitution.Length)
            {
                result.Append(substitution[i]);
                continue;
            }

            i++;
            if (char.IsAsciiDigit(substitution[i])) result.Append(match.Groups[substitution[i] - '0'].Value);
            else result.Append(substitution[i]);
        }
    }

    private static Regex? Get(string pattern)
    {
        if (Known.TryGetValue(pattern, out var known)) return known;
        Regex? regex;
        try
        {
            regex = new Regex(pattern, Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            regex = null;
        }

        if (Known.Count < MaxKnown) Known[pattern] = regex;
        return regex;
    }

    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest.StartsWith(@"\Q"))
            {
                var end = pattern.IndexOf(@"\E", i, StringComparison.Ordinal);
                var literal = end < 0 ? pattern[(i + 2)..] : pattern[(i + 2)..end];
                result.Append(Regex.Escape(literal));
                i = end < 0 ? pattern.Length : end + 1;
            }
            else if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                result.Append(Escape(pattern[++i], inClass));
            }
            else if (inClass && ClassAt(pattern, i) is { Posix: { } name } known)
            {
                result.Append(known.Set);
                i += name.Length - 1;
            }
            else if (!inClass && (rest.StartsWith("(?P<") || rest.StartsWith("(?<")))
            {
                // .NET numbers named groups behind all others.
                result.Append('(');
                i += Math.Max(0, rest.IndexOf('>'));
            }
            else if (!inClass && pattern[i] == '$')
            {
                result.Append(@"\z");
            }
            else
            {
                if (pattern[i] == '[' && inClass) result.Append('\\');
                if (pattern[i] == '[') inClass = true;
                else if (pattern[i] == ']') inClass = false;
                result.Append(pattern[i]);
            }
        }

        return result.ToString();
    }

    private static (string Posix, string Set) ClassAt(string pattern, int index) =>
        Array.Find(Classes, known => pattern.AsSpan(index).StartsWith(known.Posix));

    private static string Escape(char c, bool inClass) => (c, inClass) switch
    {
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', false) => "[0-9A-Za-z_]",
        ('W', false) => "[^0-9A-Za-z_]",
        ('s', false) => @"[\t\n\f\r ]",
        ('S', false) => @"[^\t\n\f\r ]",
        ('d', true) => "0-9",
        ('w', true) => "0-9A-Za-z_",
        ('s', true) => @"\t\n\f\r ",
        _ => $"\\{c}",
    };
}
