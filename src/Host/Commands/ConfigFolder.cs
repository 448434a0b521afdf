using System.CommandLine;
using Stagedoor.Api;
using Stagedoor.Watchers;

namespace Stagedoor.Host.Commands;

/// <summary>The folder that offline commands read.</summary>
internal static class ConfigFolder
{
    /// <summary>The option <c>--config</c>.</summary>
    public static Option<string> Option() => new("--config")
    {
        Description = "Folder of YAML or JSON documents.",
        Required = true,
    };

    /// <summary>Everything in the folder, with nothing held.</summary>
    /// <exception cref="CommandException">The folder is missing or cannot be read.</exception>
    public static CatalogView Read(string folder)
    {
        try
        {
            return FileSource.ReadOnce(new FileSourceOptions { Directory = folder }, TimeProvider.System);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(HostCodes.ConfigFolder, $"--config: {e.Message}", inner: e);
        }
    }
}
