using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stagedoor.Api;

namespace Stagedoor.Host.Commands.Checks;

/// <summary>
/// A report as SARIF 2.1.0, which code review tools show beside the line. Addresses of files are relative to the
/// current directory, as these tools want them, unless the folder is outside of it.
/// </summary>
internal static class Sarif
{
    private const string Schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>The log with one run.</summary>
    public static JsonObject Of(CheckReport report)
    {
        var codes = report.Findings.Select(finding => finding.Diagnostic.Code).Distinct().Order(StringComparer.Ordinal)
            .ToList();
        return new JsonObject
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "stagedoor",
                        ["version"] = VersionCommand.Version,
                        ["semanticVersion"] = VersionCommand.Version,
                        ["rules"] = new JsonArray([.. codes.Select(code => Rule(code, report))]),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. report.Findings.Select(finding => Result(finding, codes, report))]),
            }),
        };
    }

    private static JsonObject Rule(string code, CheckReport report)
    {
        var doc = DiagnosticDocs.Find(code) ?? new DiagnosticDoc(code, code, code, "", code);
        var worst = report.Findings.Where(finding => finding.Diagnostic.Code == code)
            .Max(finding => finding.Diagnostic.Severity);
        return new JsonObject
        {
            ["id"] = code,
            ["shortDescription"] = Text(doc.Title),
            ["fullDescription"] = Text(doc.Meaning),
            ["help"] = new JsonObject { ["text"] = doc.Text, ["markdown"] = doc.Text },
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(worst) },
        };
    }

    private static JsonObject Result(CheckFinding finding, List<string> codes, CheckReport report)
    {
        var diagnostic = finding.Diagnostic;
        var message = finding.Hint.Length > 0 ? $"{diagnostic.Message}\n{finding.Hint}" : diagnostic.Message;
        var result = new JsonObject
        {
            ["ruleId"] = diagnostic.Code,
            ["ruleIndex"] = codes.IndexOf(diagnostic.Code),
            ["level"] = Level(diagnostic.Severity),
            ["message"] = Text(message),
            ["partialFingerprints"] = new JsonObject { ["stagedoor/v1"] = Fingerprint(finding) },
        };
        var location = new JsonObject();
        if (finding.File is not null) location["physicalLocation"] = Physical(finding, report.Folder);
        if (diagnostic.Resource is { } key)
        {
            location["logicalLocations"] = new JsonArray(new JsonObject
            {
                ["name"] = key.Name,
                ["fullyQualifiedName"] = diagnostic.Field is null ? $"{key}" : $"{key}: {diagnostic.Field}",
                ["kind"] = "object",
            });
        }

        if (location.Count > 0) result["locations"] = new JsonArray(location);
        return result;
    }

    private static JsonObject Physical(CheckFinding finding, string folder)
    {
        var location = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = UriOf(folder, finding.File!) },
        };
        if (finding.Line == 0) return location;
        var region = new JsonObject { ["startLine"] = finding.Line };
        if (finding.Column > 0)
        {
            region["startColumn"] = finding.Column;
            region["endLine"] = finding.Line;
            region["endColumn"] = finding.EndColumn;
        }

        location["region"] = region;
        return location;
    }

    private static string UriOf(string folder, string file)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file));
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        if (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            return new Uri(path).AbsoluteUri;
        return string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }

    /// <summary>What stays the same when lines move.</summary>
    private static string Fingerprint(CheckFinding finding)
    {
        var diagnostic = finding.Diagnostic;
        var text = $"{diagnostic.Code}\n{finding.File}\n{diagnostic.Resource}\n{diagnostic.Field}\n"
            + diagnostic.Message;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
