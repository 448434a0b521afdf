using System.CommandLine;
using System.Text;
using Stagedoor.Api;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor translate</c>: the whole translation of a folder, offline, with nothing held.</summary>
internal static class TranslateCommand
{
    private const int Rejected = 2;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = ConfigFolder.Option();
        var output = new Option<string?>("--output") { Description = "File to write; without it standard output." };
        var command = new ExampleCommand(
            "translate",
            "Translates a folder offline and prints Proxies, Envoy resources and statuses as one JSON document. "
            + "Exit code 0: nothing is rejected; 2: something is; 1: it could not run.",
            new CommandExample("stagedoor translate --config examples/petstore", "Everything that Envoy would get."),
            new CommandExample("stagedoor translate --config . --output out.json || exit", "In CI."))
        {
            config, output,
        };
        command.SetAction(parsed =>
            Run(parsed.GetValue(config)!, parsed.GetValue(output), parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string config, string? file, InvocationConfiguration console)
    {
        var document = new TranslationDocument(ConfigFolder.Read(config));
        Write(document, file, console.Output);
        var isRejected = false;
        foreach (var diagnostic in document.Diagnostics)
        {
            console.Error.WriteLine(diagnostic);
            isRejected |= diagnostic.Severity == Severity.Error;
        }

        return isRejected ? Rejected : 0;
    }

    private static void Write(TranslationDocument document, string? file, TextWriter output)
    {
        using var text = new MemoryStream();
        document.Write(text);
        text.WriteByte((byte)'\n');
        if (file is null)
        {
            output.Write(Encoding.UTF8.GetString(text.ToArray()));
            return;
        }

        try
        {
            File.WriteAllBytes(file, text.ToArray());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(HostCodes.Output, $"--output: cannot write {file}: {e.Message}", inner: e);
        }
    }
}
