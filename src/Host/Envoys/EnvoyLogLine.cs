using System.Text.RegularExpressions;

namespace Stagedoor.Host.Envoys;

/// <summary>A line of Envoy's log, ready to be repeated in ours.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Text">
/// The line without time and thread, without private keys (rule I8), at most 4,000 characters.
/// </param>
internal sealed partial record EnvoyLogLine(LogLevel Level, string Text)
{
    private const int MaxLength = 4000;

    // Said by every healthy Envoy, some of it for each field at every change: Gloo's output uses deprecated ones.
    private static readonly string[] Noise =
    [
        "] Deprecated field: ", "] Usage of the deprecated runtime key", "] There is no configured limit to the number",
        "] caught ENVOY_SIGTERM",
    ];

    /// <summary>
    /// Reads <c>[date][thread][level][logger] [file:line] text</c>. Another line goes on with the one before, and has
    /// its level.
    /// </summary>
    public static EnvoyLogLine Parse(string line, LogLevel before = LogLevel.Information)
    {
        var match = Format().Match(line);
        var text = Keys().Replace(match.Success ? match.Groups["text"].Value : line, "(private key)");
        if (text.Length > MaxLength) text = text[..MaxLength] + "...";
        return new EnvoyLogLine(match.Success ? LevelOf(match.Groups["level"].Value, text) : before, text);
    }

    private static LogLevel LevelOf(string name, string text) => name switch
    {
        "warning" when Noise.Any(noise => text.Contains(noise, StringComparison.Ordinal)) => LogLevel.Debug,
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "critical" => LogLevel.Critical,
        _ => LogLevel.Information,
    };

    [GeneratedRegex(@"^\[[^\]]*\]\[\d+\]\[(?<level>\w+)\](?<text>\[.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Format();

    // Envoy quotes a rejected resource with its keys, newlines escaped, and cuts it off anywhere (envoy.md 0, rule 7).
    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Keys();
}
