using System.Text.Json.Nodes;
using Stagedoor.Api;

namespace Stagedoor.Host.Commands.Checks;

/// <summary>A report for programs.</summary>
internal static class CheckJson
{
    /// <summary>The document: a summary and one object for each finding.</summary>
    public static JsonObject Of(CheckReport report) => new()
    {
        ["folder"] = report.Folder,
        ["objects"] = report.Objects,
        ["errors"] = report.Count(Severity.Error),
        ["warnings"] = report.Count(Severity.Warning),
        ["notes"] = report.Count(Severity.Info),
        ["findings"] = new JsonArray([.. report.Findings.Select(Finding)]),
    };

    private static JsonObject Finding(CheckFinding finding)
    {
        var diagnostic = finding.Diagnostic;
        var result = new JsonObject
        {
            ["code"] = diagnostic.Code,
            ["severity"] = diagnostic.Severity.ToString().ToLowerInvariant(),
            ["title"] = DiagnosticDocs.Find(diagnostic.Code)?.Title,
            ["message"] = diagnostic.Message,
        };
        if (diagnostic.Resource is { } key)
        {
            result["resource"] = new JsonObject
            {
                ["group"] = key.Group,
                ["kind"] = key.Kind,
                ["namespace"] = key.Namespace,
                ["name"] = key.Name,
            };
        }

        if (diagnostic.Field is not null) result["field"] = diagnostic.Field;
        if (finding.File is not null) result["file"] = finding.File;
        if (finding.Line > 0) result["line"] = finding.Line;
        if (finding.Column > 0) result["column"] = finding.Column;
        if (finding.Hint.Length > 0) result["hint"] = finding.Hint;
        return result;
    }
}
