using Stagedoor.Host.Commands;

namespace Stagedoor.Host;

/// <summary>Directories that only the user who runs the server may enter (mode 0700).</summary>
internal static class PrivateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Creates the directory, or takes the rights of others from it.</summary>
    /// <exception cref="CommandException">It cannot be created, or belongs to somebody else.</exception>
    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
                return;
            }

            Directory.CreateDirectory(path, OwnerOnly);
            if (File.GetUnixFileMode(path) != OwnerOnly) File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                HostCodes.DataDirectory, $"cannot create the directory {path}: {e.Message}",
                "choose another one with --data", e);
        }
    }
}
