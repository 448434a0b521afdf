using System.Text;

namespace Stagedoor.Translation;

/// <summary>
/// Checks regular expressions against the syntax of RE2, as Envoy uses it. What passes compiles in the alphabet of
/// bytes (Envoy 1.40) and in that of Unicode (Envoy 1.36). Takes time linear in the length, whatever the text.
/// </summary>
public static class Re2Syntax
{
    /// <summary>What is wrong, in RE2's words; null if RE2 accepts the expression.</summary>
    public static string? Check(string regex) => Check(regex, out _);

    /// <summary>
    /// What is wrong, in RE2's words; null if RE2 accepts the expression. Then also the bounds of its program.
    /// </summary>
    public static string? Check(string regex, out Re2Size size)
    {
        ArgumentNullException.ThrowIfNull(regex);
        size = default;
        try
        {
            var unicode = new Re2Scanner(regex, Re2Alphabet.Unicode).Run();
            var bytes = unicode;
            if (!Ascii.IsValid(regex) || regex.Contains("\\x{", StringComparison.Ordinal))
                bytes = new Re2Scanner(AsBytes(regex), Re2Alphabet.Bytes).Run();
            size = new Re2Size(Math.Min(unicode.Low, bytes.Low), Math.Max(unicode.High, bytes.High));
            return null;
        }
        catch (Re2SyntaxException error)
        {
            return error.Message;
        }
    }

    private static string AsBytes(string regex) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(regex));
}
