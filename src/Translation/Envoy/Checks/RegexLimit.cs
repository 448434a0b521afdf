namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The greatest RE2 program that a regular expression may need. Envoy's own limit without one is 100, and a regular
/// expression above it is refused (reference: envoy 0.8), so one is always sent.
/// </summary>
internal static class RegexLimit
{
    /// <summary>What Gloo's Helm chart sets.</summary>
    public const uint Default = 1024;

    /// <summary><c>settings.gloo.regexMaxProgramSize</c>, else <see cref="Default"/>.</summary>
    public static uint Of(GlooV1.Settings settings) => settings.Gloo?.RegexMaxProgramSize ?? Default;
}
