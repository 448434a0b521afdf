using Envoy.Type.Matcher.V3;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The greatest RE2 program that a regular expression may need. Envoy refuses a whole route configuration for one that
/// needs more than the limit sent with it (and its own limit without one is 100; reference: envoy 0.8). So what is
/// surely above is refused here, and where the size is not certain, the limit that is sent covers it.
/// </summary>
internal static class RegexLimit
{
    /// <summary>What Gloo's Helm chart sets.</summary>
    public const uint Default = 1024;

    /// <summary>Longest expression.</summary>
    private const int MaxLength = 4096;

    /// <summary>RE2 itself refuses programs ("pattern too large") from about 350,000 instructions on.</summary>
    private const long MaxProgramSize = 100_000;

    /// <summary>
    /// Why Envoy would refuse the expression, or that it is too long or too large; else null, and the
    /// limit to send with it.
    /// </summary>
    public static string? Check(string regex, uint limit, out uint sent)
    {
        sent = limit;
        if (regex.Length > MaxLength) return $"the regular expression is longer than {MaxLength} characters";
        if (Re2Syntax.Check(regex, out var size) is { } why) return why;
        if (size.Low > limit)
        {
            return $"the regular expression needs a program of at least {size.Low} instructions, more than the "
                + $"{limit} that settings.gloo.regexMaxProgramSize or the expression's own googleRe2 allows";
        }

        if (size.High > MaxProgramSize)
            return $"the regular expression needs a program of up to {size.High} instructions, too large for RE2";
        sent = Math.Max(limit, (uint)size.High);
        return null;
    }

    /// <summary>An expression that can be sent, or the problems that it has.</summary>
    public static RegexMatcher Matcher(string regex, uint limit, List<Problem> problems)
    {
        var sent = limit;
        if (regex.Length == 0)
            problems.Add(Problem.Error(EnvoyCodes.InvalidMatcher, "a regular expression must not be empty"));
        else if (Check(regex, limit, out sent) is { } why)
            problems.Add(Problem.Error(EnvoyCodes.InvalidMatcher, why));
        return new RegexMatcher
        {
            Regex = regex,
            GoogleRe2 = new RegexMatcher.Types.GoogleRE2 { MaxProgramSize = sent },
        };
    }

    /// <summary><c>settings.gloo.regexMaxProgramSize</c>, else <see cref="Default"/>.</summary>
    public static uint Of(GlooV1.Settings settings) => settings.Gloo?.RegexMaxProgramSize ?? Default;
}
