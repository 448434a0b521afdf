using System.Text;
using Stagedoor.Api.Core;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// API keys of an Azure app in a Secret: each entry is a key, or one entry <c>azure</c> holds Gloo's own message with
/// <c>apiKeys</c> (envoy-translation 10.6).
/// </summary>
internal static class AzureKeys
{
    /// <summary>Keys by name.</summary>
    public static Dictionary<string, string> Of(Secret secret)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, bytes) in secret.Data)
        {
            var text = Encoding.UTF8.GetString(bytes.Span);
            if (name != "azure") keys[name] = text.Trim();
            else Add(text, keys);
        }

        return keys;
    }

    // A block of YAML as Gloo writes it: "apiKeys:" and below it "  name: key".
    private static void Add(string text, Dictionary<string, string> keys)
    {
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !line.StartsWith(' ')) continue;
            var value = line[(colon + 1)..].Trim().Trim('"', '\'');
            if (value.Length > 0) keys[line[..colon].Trim()] = value;
        }
    }
}
