using Shouldly;
using Stagedoor.Xds;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Private keys appear in no text that is shown (rule I8).</summary>
public sealed class RedactionTests
{
    [Theory]
    [InlineData("tls-certificates-by-sni")]
    [InlineData("tls-certificates-inlined")]
    [InlineData("upstream-tls-and-proxy-protocol")]
    [InlineData("tls-broken-secrets-close-their-hosts-only")]
    public void No_private_key_is_in_the_document_of_translate_or_in_a_report(string name)
    {
        var translation = Views.Of(Golden.Input(name)).Translate();
        using var document = new MemoryStream();
        TranslationJson.Write(document, [translation], []);
        var text = System.Text.Encoding.UTF8.GetString(document.ToArray());

        translation.Resources.ShouldContain(resource => HoldsKey(resource));
        text.ShouldContain("BEGIN CERTIFICATE");
        text.ShouldContain("[redacted]");
        text.ShouldNotContain("PRIVATE KEY");
        string.Join('\n', translation.Reports.SelectMany(report => report.Diagnostics)).ShouldNotContain("BEGIN");
    }

    private static bool HoldsKey(EncodedResource resource) =>
        resource.Bytes.Span.IndexOf("PRIVATE KEY"u8) >= 0;
}
