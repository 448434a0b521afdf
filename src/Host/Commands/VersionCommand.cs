using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Stagedoor.Host.Commands;

/// <summary><c>stagedoor version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>Version of the product, without build metadata.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new ExampleCommand(
            "version",
            "Prints the version of Stagedoor and of the runtime that it runs on.",
            new CommandExample("stagedoor version", "One line, for bug reports."));
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(
            $"stagedoor {Version} ({RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
