using System.Text.RegularExpressions;
using Solo.Gloo.Core.Matchers;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Whether all that an earlier matcher asks for, besides the path, holds wherever a later one matches (1.8).
/// </summary>
internal sealed class ImpliedConditions
{
    // Bounds instead of a deadline: the answer must not depend on how busy the machine is.
    private const int LongestRegex = 256;
    private const int LongestText = 4096;

    private readonly Dictionary<string, Regex?> _compiled = new(StringComparer.Ordinal);

    private readonly record struct Condition(string Name, string Value, bool IsRegex, bool IsInverted);

    /// <summary>Whether the later matcher implies the earlier one's headers, methods and query parameters.</summary>
    public bool Cover(Matcher early, Matcher late) =>
        All(Headers(early), Headers(late).ToList()) && All(Parameters(early), Parameters(late).ToList());

    /// <summary>Whether the expression is found anywhere in the text.</summary>
    public bool Finds(string regex, string text)
    {
        if (regex.Length > LongestRegex || text.Length > LongestText) return false;
        if (!_compiled.TryGetValue(regex, out var compiled)) _compiled[regex] = compiled = Compile(regex);
        return compiled?.IsMatch(text) == true;
    }

    private bool All(IEnumerable<Condition> early, List<Condition> late) =>
        early.All(condition => late.Exists(other => other.Name == condition.Name && Implies(other, condition)));

    private bool Implies(Condition late, Condition early)
    {
        if (!late.IsRegex) return Holds(late.Value, early);
        return late.Value is ['(', .., ')']
            && late.Value[1..^1].Split('|').Any(alternative => Holds(alternative, early));
    }

    private bool Holds(string literal, Condition early)
    {
        var hit = early.IsRegex
            ? Finds(early.Value, literal)
            : early.Value.Length == 0 || early.Value == literal;
        return hit != early.IsInverted;
    }

    private static IEnumerable<Condition> Headers(Matcher matcher)
    {
        foreach (var header in matcher.Headers)
            yield return new Condition(header.Name, header.Value, header.Regex, header.InvertMatch);
        if (matcher.Methods.Count > 0)
            yield return new Condition(":method", $"({string.Join('|', matcher.Methods)})", true, false);
    }

    private static IEnumerable<Condition> Parameters(Matcher matcher) =>
        matcher.QueryParameters.Select(p => new Condition(p.Name, p.Value, p.Regex, false));

    /// <summary>
    /// Matched in time linear to the text; null for the few expressions of RE2 that .NET does not know: then nothing is
    /// claimed.
    /// </summary>
    private static Regex? Compile(string regex)
    {
        try
        {
            return new Regex(
                regex.Replace("(?P<", "(?<", StringComparison.Ordinal),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
