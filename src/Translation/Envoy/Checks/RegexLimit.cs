namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The greatest RE2 program that a regular expression may need. Envoy's own limit without one is 100, and a regular
/// expression above it is refused (reference: envoy 0.8), so one is always sent.
/// </summary>
internal static class RegexLimit
{
    /// <summary>What Gloo's Helm chart sets.</summary>
    public const uint Default = 1024;

    /// <summary>Longest expression: programs within any limit that is in use need less.</summary>
    private const int MaxLength = 4096;

    /// <summary>Why Envoy would refuse the expression, or that it is too long to be worth a look; else null.</summary>
    public static string? Check(string regex) => regex.Length > MaxLength
        ? $"the regular expression is longer than {MaxLength} characters"
        : Re2Syntax.Check(regex);

    /// <summary><c>settings.gloo.regexMaxProgramSize</c>, else <see cref="Default"/>.</summary>
    public static uint Of(GlooV1.Settings settings) => settings.Gloo?.RegexMaxProgramSize ?? Default;
}
