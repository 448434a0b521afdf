using Stagedoor.Host.Commands;

namespace Stagedoor.Tools.Tests;

/// <summary>Runs a command line inside the test process.</summary>
internal static class CommandLine
{
    internal static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await StagedoorCommands.RunAsync(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
