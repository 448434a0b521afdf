using System.Text.RegularExpressions;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Whether Envoy's RE2 accepts a regular expression. Conservative: .NET's engine without backtracking has the same
/// limits (no
/// look-around, no back references); what it accepts beyond RE2 is looked for by hand.
/// </summary>
internal static partial class Re2Syntax
{
    /// <summary>Longest expression; RE2's program size limit is far below what a longer one needs.</summary>
    public const int MaxLength = 4096;

    private const int MaxRepetition = 1000;

    /// <summary>Why the expression is refused; null if it is accepted.</summary>
    public static string? Check(string regex)
    {
        if (regex.Length > MaxLength) return $"the regular expression is longer than {MaxLength} characters";
        foreach (Match repetition in Repetition().Matches(regex))
        {
            if (repetition.Groups.Values.Skip(1).Any(bound => bound.Success && TooLarge(bound.ValueSpan)))
                return $"invalid repetition size: {repetition.Value}";
        }

        if (DotNetOnly().Match(regex) is { Success: true } match) return $"RE2 does not know '{match.Value}'";
        try
        {
            _ = new Regex(regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"invalid regular expression: {e.Message}";
        }
    }

    private static bool TooLarge(ReadOnlySpan<char> bound) =>
        bound.Length > 4 || (int.TryParse(bound, out var value) && value > MaxRepetition);

    [GeneratedRegex(@"\{([0-9]+)(?:,([0-9]*))?\}")]
    private static partial Regex Repetition();

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*(\\[ZG<k]|\\p\{Is|\(\?[#xn'<>])")]
    private static partial Regex DotNetOnly();
}
