using System.Globalization;
using Stagedoor.Api;

namespace Stagedoor.Host.Commands.Checks;

/// <summary>A report for people: a line that editors can jump to for each finding, and a hint below it.</summary>
internal static class CheckText
{
    /// <summary>Writes the report.</summary>
    public static void Write(CheckReport report, TextWriter output)
    {
        foreach (var finding in report.Findings)
        {
            var diagnostic = finding.Diagnostic;
            var where = finding.Where is { Length: > 0 } place ? $"{place}: " : "";
            var what = diagnostic.Resource is { } key ? $"{key}: " : "";
            var field = diagnostic.Field is null ? "" : $"{diagnostic.Field}: ";
            output.WriteLine(
                $"{where}{Word(diagnostic.Severity)} {diagnostic.Code}: {what}{field}{diagnostic.Message}");
            if (finding.Hint.Length > 0) output.WriteLine($"    {finding.Hint}");
        }

        output.WriteLine(Summary(report));
    }

    private static string Summary(CheckReport report)
    {
        var objects = string.Create(CultureInfo.InvariantCulture, $"{report.Objects} objects in {report.Folder}");
        var (errors, warnings) = (report.Count(Severity.Error), report.Count(Severity.Warning));
        return errors + warnings == 0
            ? $"nothing is wrong in {objects}"
            : $"{Counted(errors, "error")}, {Counted(warnings, "warning")} in {objects}";
    }

    private static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
