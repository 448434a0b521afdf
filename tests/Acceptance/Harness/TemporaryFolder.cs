namespace Stagedoor.Acceptance.Harness;

/// <summary>A folder of one test, removed with everything in it at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The absolute path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("stagedoor-test-").FullName;

    /// <summary>The absolute path of something in the folder.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a text file, making its folders.</summary>
    public string Write(string relative, string text)
    {
        var file = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
