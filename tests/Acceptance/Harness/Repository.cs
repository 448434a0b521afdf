namespace Stagedoor.Acceptance.Harness;

/// <summary>Where the repository lies on this machine.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The absolute path of a file or folder of the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException($"no repository above {AppContext.BaseDirectory}");
    }
}
