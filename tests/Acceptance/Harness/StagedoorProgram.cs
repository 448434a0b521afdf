using System.Globalization;

namespace Stagedoor.Acceptance.Harness;

/// <summary>The built executable.</summary>
internal static class StagedoorProgram
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>Its path.</summary>
    public static string Path { get; } =
        Repository.PathOf("src", "Host", "bin", Configuration, "net10.0", "stagedoor");

    /// <summary>Starts an echo backend.</summary>
    public static ChildProcess StartEcho(string name, int port) => ChildProcess.Start(
        $"stagedoor echo {name}", Path,
        "echo", "--port", port.ToString(CultureInfo.InvariantCulture), "--name", name);

    /// <summary>Runs a command that ends by itself.</summary>
    public static Task<CommandResult> RunAsync(params IEnumerable<string> arguments) =>
        Command.RunAsync(Path, arguments);
}
