using Stagedoor.Host.Commands;

namespace Stagedoor.Host.Envoys;

/// <summary>Finds the Envoy that <c>serve --with-envoy</c> runs.</summary>
internal static class EnvoyLocator
{
    /// <summary>
    /// The executable: <paramref name="given"/> if it is not empty, else <c>$ENVOY</c>, else <c>envoy</c> on the path.
    /// </summary>
    /// <exception cref="CommandException">There is none, or what was named is not executable.</exception>
    public static string Find(string? given, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (!string.IsNullOrEmpty(given)) return Named("--with-envoy", given);
        if (environment("ENVOY") is { Length: > 0 } variable) return Named("$ENVOY", variable);
        var folders = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, "envoy")).FirstOrDefault(IsExecutable)
            ?? throw new CommandException(
                HostCodes.EnvoyMissing,
                "--with-envoy: there is no Envoy on PATH, and $ENVOY does not name one",
                "install Envoy, or say where it is: --with-envoy=/path/to/envoy");
    }

    /// <summary>Whether the file exists and somebody may execute it.</summary>
    internal static bool IsExecutable(string file) =>
        File.Exists(file)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(file)
                & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string Named(string by, string path) => IsExecutable(path)
        ? Path.GetFullPath(path)
        : throw new CommandException(HostCodes.EnvoyMissing, $"{by}: '{path}' is not an executable file");
}
