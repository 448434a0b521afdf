using System.Globalization;
using System.Text;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>Text as Lua source. No other way leads from a configuration into a script.</summary>
internal static class LuaText
{
    /// <summary>A string literal: whatever is not plainly harmless is written as the number of its byte.</summary>
    public static string Quote(string text)
    {
        var output = new StringBuilder(text.Length + 2).Append('"');
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '/' or ':' or ',') output.Append(c);
            else output.Append('\\').Append(b.ToString("000", CultureInfo.InvariantCulture));
        }

        return output.Append('"').ToString();
    }

    /// <summary>A list of string literals.</summary>
    public static string Path(IEnumerable<string> parts) => "{" + string.Join(',', parts.Select(Quote)) + "}";

    /// <summary>A number.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A truth value.</summary>
    public static string Bool(bool value) => value ? "true" : "false";
}
