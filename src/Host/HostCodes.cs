namespace Stagedoor.Host;

/// <summary>
/// Codes of the command line and the host (SD6xxx); each has a section in <c>docs/diagnostics.md</c>.
/// </summary>
internal static class HostCodes
{
    /// <summary>The command line cannot be understood.</summary>
    public const string CommandLine = "SD6001";

    /// <summary>A setting, environment variable or option has a value that it cannot have.</summary>
    public const string Setting = "SD6002";

    /// <summary>A port of a part that this version does not have.</summary>
    public const string PartMissing = "SD6003";

    /// <summary>A port cannot be listened on.</summary>
    public const string Port = "SD6004";

    /// <summary>
    /// The configuration folder does not exist, and there is nothing in the journal to serve instead.
    /// </summary>
    public const string ConfigFolder = "SD6005";

    /// <summary>Another <c>serve</c> uses the data directory.</summary>
    public const string DataInUse = "SD6006";

    /// <summary>The data directory cannot be created or written.</summary>
    public const string DataDirectory = "SD6007";

    /// <summary>A running server's admin API cannot be reached, or does not answer as one.</summary>
    public const string AdminApi = "SD6008";

    /// <summary>An output file cannot be written.</summary>
    public const string Output = "SD6009";

    /// <summary>No executable Envoy was found.</summary>
    public const string EnvoyMissing = "SD6010";

    /// <summary>A supervised Envoy ended by itself, or did not start.</summary>
    public const string EnvoyEnded = "SD6011";

    /// <summary>A supervised Envoy cannot be kept: its state file or process is not what it should be.</summary>
    public const string EnvoyNotAdopted = "SD6012";

    /// <summary>An object of the inputs takes no effect.</summary>
    public const string Idle = "SD6020";

    /// <summary>An object that was asked for does not exist, or its name cannot be understood.</summary>
    public const string NoSuchObject = "SD6021";

    /// <summary>Something failed in a way that no other code describes.</summary>
    public const string Unexpected = "SD6099";
}
