using CsCheck;
using Shouldly;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>Whatever the text, the reader answers, quickly, and good neighbours are read.</summary>
public sealed class ReaderPropertyTests
{
    private const string Good =
        """
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata: {name: vs, labels: &l {a: b, "c": 'd'}}
        spec:
          virtualHost:
            domains: ['*', "x\u0041"]
            routes:
            - matchers: [{prefix: /, headers: [{name: n, value: "1"}]}]
              directResponseAction: {status: 0x1F4, body: |-
                text}
              options: {timeout: 1m30s, envoyMetadata: {m: {<<: *l, n: [1.5, true, ~, {}]}}}
        """;

    private static readonly string[] Fragments =
    [
        "\n", "\r\n", "\t", "  ", "- ", ": ", "{", "}", "[", "]", "\"", "'", "|", ">", "&a ", "*a", "*l", "!!str ",
        "!x ", "? ", "#", "%YAML 1.1\n", "---\n", "...\n", "<<: ", "null", "0x", "\0", "\uFEFF", "\u2028", "\\", "\\u",
        ",", "@", "`", "spec:", "é",
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"kind\"", "\"List\"", "\"items\"", "1e999", "-", "true", "nul",
        "\"\\ud800\"", " ",
    ];

    private static readonly Gen<string> Mutated =
        Gen.Select(Gen.Int[0, Good.Length], Gen.Int[0, 40], Gen.Int[0, Fragments.Length - 1], Gen.Int[0, 3]).Array[1, 8]
            .Select(edits =>
            {
                var text = Good;
                foreach (var (at, length, fragment, repeat) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    var end = Math.Min(start + (repeat == 0 ? length : 0), text.Length);
                    text = text[..start] + string.Concat(Enumerable.Repeat(Fragments[fragment], repeat)) + text[end..];
                }

                return text;
            });

    [Fact]
    public void No_text_makes_the_reader_throw() =>
        Mutated.Sample(text => Consistent(Read.Text(text)), iter: 20_000);

    [Fact]
    public void No_characters_make_the_reader_throw() =>
        Gen.String[0, 200].Sample(text => Consistent(Read.Text(text)), iter: 20_000);

    [Fact]
    public void No_json_makes_the_reader_throw() =>
        Gen.Int[0, Tokens.Length - 1].Array[0, 30].Select(parts => string.Concat(parts.Select(i => Tokens[i])))
            .Sample(text => Consistent(Read.Text(text, "a.json")), iter: 20_000);

    [Fact]
    public void Whatever_stands_before_a_good_document_is_read()
    {
        const string neighbour = "\n...\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: neighbour}\n";

        Mutated.Sample(
            text => Read.Text(text + neighbour).Resources.ShouldContain(r => r.Key.Name == "neighbour"), iter: 5_000);
    }

    [Fact]
    public void A_resource_survives_being_stored() =>
        Mutated.Sample(
            text =>
            {
                foreach (var resource in Read.Text(text).Resources)
                {
                    var restored = ResourceCodec.Decode(ResourceCodec.Encode(resource)).ShouldNotBeNull();
                    restored.ContentHash.ShouldBe(resource.ContentHash);
                    ContentHashes.Of(restored.Metadata, restored.Body).ShouldBe(resource.ContentHash);
                    (restored.Key, restored.Source).ShouldBe((resource.Key, resource.Source));
                }
            },
            iter: 5_000);

    /// <summary>
    /// Nothing disappears without a word: no object without errors means errors, or nothing was there.
    /// </summary>
    private static void Consistent(DocumentSet set)
    {
        if (set.HasUnidentified || set.Broken.Length > 0)
            set.Diagnostics.ShouldContain(d => d.Severity == Severity.Error);
        foreach (var diagnostic in set.Diagnostics) diagnostic.Source.ShouldNotBeNull().Line.ShouldBeGreaterThan(0);
    }
}
