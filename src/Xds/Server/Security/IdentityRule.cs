using System.Text;
using System.Text.RegularExpressions;

namespace Stagedoor.Xds.Server.Security;

/// <summary>
/// One line of the map from the names in client certificates to the roles that they may ask for, <c>PATTERN=ROLE</c>.
/// In the pattern <c>{word}</c> stands for one label of a DNS name or one segment of a URI, which the role repeats, and
/// <c>*</c> for one that does not matter. The role <c>*</c> is every role.
/// </summary>
/// <example><c>spiffe://*/ns/{namespace}/sa/{name}={namespace}~{name}</c></example>
public sealed partial class IdentityRule
{
    private const string AnyRole = "*";

    private readonly Regex _pattern;
    private readonly string _role;

    private IdentityRule(string text, Regex pattern, string role)
    {
        (Text, _pattern, _role) = (text, pattern, role);
    }

    /// <summary>The line.</summary>
    public string Text { get; }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static IdentityRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.LastIndexOf('=');
        if (equals <= 0 || equals == text.Length - 1)
            throw new FormatException($"'{text}' is not PATTERN=ROLE");
        var (pattern, role) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        // '~' parts a role, '*' is a wildcard name in a certificate: neither may come from a client.
        var part = pattern.Contains("://", StringComparison.Ordinal) ? "[^/~*]+" : "[^.~*]+";
        var regex = new StringBuilder(@"\A");
        var words = new HashSet<string>(StringComparer.Ordinal);
        var at = 0;
        foreach (Match match in Placeholder().Matches(pattern))
        {
            regex.Append(Regex.Escape(pattern[at..match.Index]));
            at = match.Index + match.Length;
            var word = match.Groups["word"].Value;
            if (word.Length > 0 && !words.Add(word))
                throw new FormatException($"'{text}' has {{{word}}} twice in its pattern");
            regex.Append(word.Length > 0 ? $"(?<{word}>{part})" : part);
        }

        regex.Append(Regex.Escape(pattern[at..])).Append(@"\z");
        foreach (Match match in Placeholder().Matches(role))
        {
            if (match.Groups["word"].Value is { Length: > 0 } word && !words.Contains(word))
                throw new FormatException($"'{text}' has {{{word}}} in its role but not in its pattern");
        }

        return new IdentityRule(
            text,
            new Regex(regex.ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
                TimeSpan.FromSeconds(1)),
            role);
    }

    /// <summary>The role that this name may ask for, <c>*</c> for every; null: the rule is not about it.</summary>
    public string? RoleOf(string name)
    {
        var match = _pattern.Match(name);
        if (!match.Success) return null;
        return _role == AnyRole
            ? AnyRole
            : Placeholder().Replace(_role, placeholder => match.Groups[placeholder.Groups["word"].Value].Value);
    }

    [GeneratedRegex(@"\{(?<word>[A-Za-z][A-Za-z0-9]*)\}|\*", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
