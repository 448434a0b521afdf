using System.CommandLine;
using Stagedoor.Api;

namespace Stagedoor.Host.Commands;

/// <summary>The command line of the one executable.</summary>
internal static class StagedoorCommands
{
    /// <summary>
    /// Runs what <paramref name="args"/> ask for and returns the exit code; 1 if it could not be done.
    /// </summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                Print(error, new Diagnostic(HostCodes.CommandLine, Severity.Error, problem.Message));
            error.WriteLine($"'{Path(parsed.CommandResult)} --help' shows the options, with examples.");
            return 1;
        }

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // Servers stop by their own rules when they are told to.
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (CommandException failure)
        {
            Print(error, failure.Diagnostic);
            return 1;
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Print(error, new Diagnostic(HostCodes.Unexpected, Severity.Error, unexpected.ToString()));
            return 1;
        }
    }

    /// <summary>The commands, their options and actions.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Stagedoor: a control plane for fleets of Envoy gateways.")
        {
            BootstrapCommand.Create(),
            CheckCommand.Create(),
            EchoCommand.Create(),
            ExplainCommand.Create(),
            GetCommand.Create(),
            RouteCommand.Create(),
            ServeCommand.Create(),
            TestCommand.Create(),
            TranslateCommand.Create(),
            VersionCommand.Create(),
        };
        ExamplesHelp.Install(root);
        return root;
    }

    private static void Print(TextWriter error, Diagnostic diagnostic)
    {
        error.WriteLine(diagnostic);
        if (diagnostic.Hint is { } hint) error.WriteLine($"  {hint}");
    }

    private static string Path(System.CommandLine.Parsing.CommandResult result) =>
        result.Command is RootCommand ? "stagedoor" : $"stagedoor {result.Command.Name}";
}
