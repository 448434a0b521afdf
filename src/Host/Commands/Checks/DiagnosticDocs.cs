using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Stagedoor.Host.Commands.Checks;

/// <summary>What the documentation says of one diagnostic code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Title">What it means, in a few words.</param>
/// <param name="Meaning">The first paragraph, on one line.</param>
/// <param name="Advice">What to do, on one line.</param>
/// <param name="Text">Everything, in Markdown.</param>
internal sealed record DiagnosticDoc(string Code, string Title, string Meaning, string Advice, string Text);

/// <summary><c>docs/diagnostics.md</c>, which is part of the executable.</summary>
internal static partial class DiagnosticDocs
{
    private const string Marker = "What to do: ";

    private static readonly Lazy<ImmutableDictionary<string, DiagnosticDoc>> All = new(Load);

    /// <summary>The section of a code; null if it has none.</summary>
    public static DiagnosticDoc? Find(string code) => All.Value.GetValueOrDefault(code);

    /// <summary>Reads the sections <c>## SD1001 title</c> of a document.</summary>
    public static ImmutableDictionary<string, DiagnosticDoc> Parse(string markdown) =>
        Heading().Split(markdown).Skip(1)
            .Select(Section)
            .DistinctBy(section => section.Code)
            .ToImmutableDictionary(section => section.Code);

    private static ImmutableDictionary<string, DiagnosticDoc> Load()
    {
        using var stream = typeof(DiagnosticDocs).Assembly.GetManifestResourceStream("docs/diagnostics.md")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    private static DiagnosticDoc Section(string text)
    {
        var (heading, body) = Cut(text, "\n");
        var (code, title) = Cut(heading, " ");
        var paragraphs = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(paragraph => paragraph.ReplaceLineEndings(" "))
            .ToArray();
        return new DiagnosticDoc(code, title, paragraphs.FirstOrDefault() ?? title, Advice(paragraphs), body.Trim());
    }

    /// <summary>
    /// The paragraph that is marked, else the last one; of a single one its last sentence.
    /// </summary>
    private static string Advice(string[] paragraphs)
    {
        if (paragraphs.Length == 0) return "";
        var marked = Array.Find(paragraphs, paragraph => paragraph.StartsWith(Marker, StringComparison.Ordinal));
        if (marked is not null) return marked[Marker.Length..];
        return paragraphs.Length > 1 ? paragraphs[^1] : SentenceEnd().Split(paragraphs[0])[^1];
    }

    private static (string Before, string After) Cut(string text, string at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text.Trim(), "") : (text[..index].Trim(), text[(index + at.Length)..]);
    }

    [GeneratedRegex("^## (?=SD[0-9]{4} )", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<=[.!?]) (?=[A-Z`])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();
}
