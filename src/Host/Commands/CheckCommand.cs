using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stagedoor.Host.Commands.Checks;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor check</c>: everything that is wrong in a folder, offline.</summary>
internal static class CheckCommand
{
    private const int Refused = 2;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = ConfigFolder.Option();
        var format = new Option<string>("--output", "-o")
        {
            Description = "text, json or sarif (2.1.0).",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var strict = new Option<bool>("--strict") { Description = "Warnings count as errors for the exit code." };
        var notes = new Option<bool>("--notes") { Description = "Also say what is worth knowing but not wrong." };
        var command = new ExampleCommand(
            "check",
            "Reports everything that is wrong in a folder, offline, with file, line, code and hint. "
            + "Exit code 0: nothing; 2: something is; 1: it could not run.",
            new CommandExample("stagedoor check --config ./gloo", "For people and editors."),
            new CommandExample("stagedoor check --config ./gloo --strict", "In CI: warnings fail the build too."),
            new CommandExample(
                "stagedoor check --config ./gloo -o sarif > gloo.sarif", "For tools that annotate code reviews."))
        {
            config, format, strict, notes,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(config)!;
            var report = CheckReport.Of(folder, ConfigFolder.Read(folder), parsed.GetValue(notes));
            Write(report, parsed.GetValue(format)!, parsed.InvocationConfiguration.Output);
            return report.IsRefused(parsed.GetValue(strict)) ? Refused : 0;
        });
        return command;
    }

    private static void Write(CheckReport report, string format, TextWriter output)
    {
        switch (format)
        {
            case "json":
                Write(CheckJson.Of(report), output);
                break;
            case "sarif":
                Write(Sarif.Of(report), output);
                break;
            default:
                CheckText.Write(report, output);
                break;
        }
    }

    private static void Write(JsonObject document, TextWriter output) =>
        output.WriteLine(document.ToJsonString(Indented));
}
