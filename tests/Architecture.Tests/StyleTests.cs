using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Stagedoor.Architecture.Tests;

/// <summary>The project's figures for files and lines, and what must not stand in any file.</summary>
public sealed class StyleTests
{
    private static readonly SourceFile[] Code =
        [.. Sources.Under("src"), .. Sources.Under("tests"), .. Sources.Under("bench")];

    [Fact]
    public void No_file_is_longer_than_500_lines() =>
        Code.Where(file => file.Lines > 500).Select(file => $"{file.Path}: {file.Lines}").ShouldBeEmpty();

    [Fact]
    public void Files_stay_small()
    {
        var lengths = Sources.Under("src").Select(file => file.Lines).Order().ToArray();

        lengths[lengths.Length * 95 / 100].ShouldBeLessThanOrEqualTo(300);
        lengths[lengths.Length / 2].ShouldBeLessThanOrEqualTo(120);
    }

    [Fact]
    public void No_line_is_wider_than_120_columns() =>
        Code.SelectMany(file => file.Text.Split('\n')
                .Select((line, index) => (file.Path, Line: index + 1, Width: line.TrimEnd('\r').Length)))
            .Where(line => line.Width > 120)
            .Select(line => $"{line.Path}:{line.Line}: {line.Width}")
            .ShouldBeEmpty();

    [Fact]
    public void No_file_mentions_a_machine_or_an_unowned_task()
    {
        // Written in pieces, so that this file does not match itself.
        var machine = new Regex("[\"'( ]/(" + "work|root|tmp|farm)/");
        var unfinished = new Regex(@"\b(TO" + "DO|FIX" + "ME|HA" + @"CK|NotImplemented" + @"Exception)\b");

        Code.Where(file => machine.IsMatch(file.Text) || unfinished.IsMatch(file.Text))
            .Select(file => file.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_diagnostic_code_is_documented()
    {
        var documented = Sources.Under("docs", ".md").Single(file => file.Path == "docs/diagnostics.md").Text;
        var used = Sources.Under("src")
            .SelectMany(file => Regex.Matches(file.Text, "\"(SD[0-9]{4})\"").Select(match => match.Groups[1].Value))
            .Distinct()
            .ToArray();

        used.ShouldNotBeEmpty();
        used.Where(code => !documented.Contains($"## {code}", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
