namespace Stagedoor.Architecture.Tests;

/// <summary>The repository's own source files, build output excepted.</summary>
internal static class Sources
{
    private static readonly string Root = FindRoot();

    /// <summary>Files with this ending below a folder of the repository; paths relative to its root.</summary>
    public static IEnumerable<SourceFile> Under(string folder, string ending = ".cs") =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + ending, SearchOption.AllDirectories)
            .Select(path => (Full: path, Relative: Path.GetRelativePath(Root, path).Replace('\\', '/')))
            .Where(file =>
                !file.Relative.Split('/').Any(part => part is "obj" or "bin" or "node_modules" or "artifacts"))
            .OrderBy(file => file.Relative, StringComparer.Ordinal)
            .Select(file => new SourceFile(file.Relative, File.ReadAllText(file.Full)));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Stagedoor.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        return folder;
    }
}

/// <summary>A source file.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public int Lines => Text.AsSpan().Count('\n');
}
