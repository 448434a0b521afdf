using Stagedoor.Host.Commands;

namespace Stagedoor.Host.Serving;

/// <summary>
/// Settings of <c>serve</c> beside its options: environment variables <c>STAGEDOOR_*</c>, then a JSON file. Names are
/// those of the options without the dashes in front.
/// </summary>
internal static class Settings
{
    /// <summary>What the environment variables begin with.</summary>
    public const string Prefix = "STAGEDOOR_";

    /// <summary>Reads the file, if there is one, and the environment over it.</summary>
    /// <exception cref="CommandException">The file is missing or not JSON.</exception>
    public static IConfiguration Load(string? file)
    {
        var builder = new ConfigurationBuilder();
        try
        {
            if (file is not null) builder.AddJsonFile(Path.GetFullPath(file), optional: false);
            return builder.AddEnvironmentVariables(Prefix).Build();
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidDataException)
        {
            throw new CommandException(HostCodes.Setting, $"--settings: cannot read {file}: {e.Message}", inner: e);
        }
    }

    /// <summary>A setting by its dashed name; environment variables have underscores instead.</summary>
    public static string? Read(IConfiguration settings, string name) =>
        settings[name.Replace('-', '_')] ?? settings[name];
}
