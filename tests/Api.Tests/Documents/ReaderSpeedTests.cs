using System.Diagnostics;
using System.Text;
using Shouldly;
using Xunit;

namespace Stagedoor.Api.Tests.Documents;

/// <summary>The reader's pace, printed; the bound is far above it, for slow machines.</summary>
public sealed class ReaderSpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void Ten_thousand_virtual_services_are_read_in_seconds()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++) text.Append(Document(i));
        DocumentReader.Read(Document(0), "warm-up.yaml");
        var watch = Stopwatch.StartNew();

        var set = DocumentReader.Read(text.ToString(), "many.yaml");

        output.WriteLine($"{text.Length >> 10} KiB in {watch.Elapsed.TotalMilliseconds:F0} ms");
        set.Resources.Length.ShouldBe(10_000);
        set.Diagnostics.ShouldBeEmpty();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void No_quarter_of_a_megabyte_of_anything_takes_long()
    {
        string[] fragments =
        [
            "a ", "a\n", " a\n", "a: b\n", "a: ", "- ", "-\n", "[", "[]", "[],", "{a},", "[a,", "{a: ", "? ",
            "? a\n", "&a ", "&a x\n", "*a ", "!!str ", "!a ", "\"", "\"a\" ", "'", "'a', ", "|\n", "|\n a\n", ">\n",
            "#",
            "#\n", "%A\n", "---\n", "...\n", "\t", "\r", "é",
            "\u2028", "a: |\n  b\n", "\"\\u0041", "<<: ", "{<<: ", "- - \n", "-\n -\n",
            "1", ".", "a,b:", ",", ":", "::", "@", "{\"a\":[", "[1,",
        ];
        foreach (var prefix in (string[])["", "a: ", "[", "\""])
            foreach (var fragment in fragments)
            {
                var text = prefix + string.Concat(Enumerable.Repeat(fragment, (1 << 18) / fragment.Length));
                var watch = Stopwatch.StartNew();

                Read.Text(text);

                if (watch.ElapsedMilliseconds > 1000)
                    output.WriteLine($"{prefix}{fragment.ReplaceLineEndings("\\n")}: {watch.ElapsedMilliseconds} ms");
                watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), fragment);
            }
    }

    private static string Document(int i) =>
        $"""
        ---
        apiVersion: gateway.solo.io/v1
        kind: VirtualService
        metadata:
          name: vs-{i}
          namespace: gloo-system
        spec:
          virtualHost:
            domains:
            - host-{i}.example.com
            routes:
            - matchers:
              - prefix: /api
              routeAction:
                single:
                  upstream:
                    name: upstream-{i}
                    namespace: gloo-system
              options:
                prefixRewrite: /
            - matchers:
              - exact: /health
                methods: [GET]
              directResponseAction:
                status: 200
                body: ok

        """;
}
