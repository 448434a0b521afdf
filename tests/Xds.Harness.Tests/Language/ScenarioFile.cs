using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stagedoor.Xds.Harness.Language;

/// <summary>Reads scenarios; <c>Scenarios/README.md</c> describes the language.</summary>
internal static partial class ScenarioFile
{
    /// <summary>All runs of all files.</summary>
    public static ImmutableArray<Scenario> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Scenarios"), "*.txt")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Read(Path.GetFileName(file), File.ReadAllLines(file))),
    ];

    /// <summary>The runs of one file.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it.</exception>
    public static IEnumerable<Scenario> Read(string file, IEnumerable<string> lines)
    {
        Draft? draft = null;
        var number = 0;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            number++;
            var place = string.Create(CultureInfo.InvariantCulture, $"{file}:{number}");
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                if (draft is not null)
                    foreach (var run in draft.Runs()) yield return run;
                draft = new Draft(line[3..]);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                (draft ?? throw new FormatException($"{place}: before the first title")).Add(place, line);
            }
        }

        if (draft is not null)
            foreach (var run in draft.Runs()) yield return run;
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();

    private sealed class Draft(string title)
    {
        private readonly List<(string Place, string Text)> _steps = [];
        private readonly List<Variant> _variants = [];
        private readonly List<string> _rows = [];
        private ImmutableDictionary<string, string> _options = ImmutableDictionary<string, string>.Empty;

        public void Add(string place, string line)
        {
            if (After(line, "on:") is { } variants) _variants.AddRange(variants.SelectMany(Variant.Of));
            else if (line.StartsWith("row:", StringComparison.Ordinal)) _rows.Add(line[4..].Trim());
            else if (After(line, "options:") is { } options) _options = Options(options);
            else _steps.Add((place, line));
        }

        public IEnumerable<Scenario> Runs()
        {
            if (_variants.Count == 0) throw new FormatException($"'{title}' says not on what");
            foreach (var row in _rows.Count == 0 ? [""] : _rows)
            {
                var values = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var steps = _steps.Select(step => Fill(step.Place, step.Text, values)).ToImmutableArray();
                foreach (var variant in _variants) yield return new Scenario(title, row, variant, _options, steps);
            }
        }

        private static ImmutableDictionary<string, string> Options(string[] words) =>
            words.Select(word => word.Split('=')).ToImmutableDictionary(pair => pair[0], pair => pair[1]);

        private static string[]? After(string line, string key) => line.StartsWith(key, StringComparison.Ordinal)
            ? line[key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : null;

        private static Step Fill(string place, string text, string[] values)
        {
            for (var i = values.Length; i >= 1; i--)
                text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"${i}"), values[i - 1], default);
            if (text.Contains('$')) throw new FormatException($"{place}: a row has no such column: {text}");
            var words = Word().Matches(text).Select(match => match.Value).ToArray();
            return new Step(place, words[0], [.. words[1..]]);
        }
    }
}
