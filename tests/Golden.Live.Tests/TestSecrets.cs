using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Stagedoor.Acceptance.Harness;

namespace Stagedoor.Golden.Live.Tests;

/// <summary>The certificates and keys that the golden cases use.</summary>
internal static class TestSecrets
{
    /// <summary>All of them, as documents.</summary>
    public static string Yaml { get; } =
        File.ReadAllText(Repository.PathOf("tests", "Golden", "envoy", "tls-secrets.yaml"));

    /// <summary>The document of one.</summary>
    public static string Document(string name) =>
        Yaml.Split("\n---\n").Single(text => text.Contains($"{{name: {name}, ", StringComparison.Ordinal)) + "\n";

    /// <summary>One with its key.</summary>
    public static X509Certificate2 Certificate(string name)
    {
        using var pem = X509Certificate2.CreateFromPem(Value(name, "tls.crt"), Value(name, "tls.key"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static string Value(string name, string key)
    {
        var block = Regex.Match(
            Document(name), $"^  {Regex.Escape(key)}: \\|\n((?:    .*\n)+)", RegexOptions.Multiline);
        return Regex.Replace(block.Groups[1].Value, "^    ", "", RegexOptions.Multiline);
    }
}
