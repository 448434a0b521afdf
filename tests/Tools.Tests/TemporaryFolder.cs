namespace Stagedoor.Tools.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("stagedoor-").FullName;

    internal string At(string name) => Path.Combine(_path, name);

    internal string Write(string name, string text)
    {
        var file = At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
