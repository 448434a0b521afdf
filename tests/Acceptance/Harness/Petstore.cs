using System.Globalization;
using System.Text.RegularExpressions;

namespace Stagedoor.Acceptance.Harness;

/// <summary>A copy of <c>examples/petstore</c> with ports of its own, to be changed by a test.</summary>
internal sealed class Petstore : IDisposable
{
    /// <summary>The role of the Envoys that serve it.</summary>
    public const string Role = "gloo-system~gateway-proxy";

    private readonly TemporaryFolder _folder = new();

    public Petstore()
    {
        var ports = new Dictionary<string, int> { ["8080"] = HttpPort, ["8090"] = PetstorePort, ["8091"] = NextPort };
        string Own(Match port) => ports[port.Value].ToString(CultureInfo.InvariantCulture);
        foreach (var file in Directory.GetFiles(Repository.PathOf("examples", "petstore")))
        {
            var text = Regex.Replace(File.ReadAllText(file), @"\b(8080|8090|8091)\b", Own);
            _folder.Write($"config/{Path.GetFileName(file)}", text);
        }
    }

    /// <summary>Where the Gateway listens.</summary>
    public int HttpPort { get; } = Ports.Take();

    /// <summary>Where the upstream <c>petstore</c> is expected.</summary>
    public int PetstorePort { get; } = Ports.Take();

    /// <summary>Where the upstream <c>petstore-next</c> is expected.</summary>
    public int NextPort { get; } = Ports.Take();

    /// <summary>The folder to serve.</summary>
    public string Folder => _folder["config"];

    /// <summary>A file or folder beside the served one.</summary>
    public string Beside(string relative) => _folder[relative];

    /// <summary>Saves a file as most editors do: a new file is written beside it and renamed.</summary>
    public void Save(string file, string text)
    {
        var target = Path.Combine(Folder, file);
        File.WriteAllText($"{target}.new~", text);
        File.Move($"{target}.new~", target, overwrite: true);
    }

    /// <summary>Replaces a text that must occur in a file.</summary>
    public void Edit(string file, string old, string changed)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        if (!text.Contains(old, StringComparison.Ordinal))
            throw new ArgumentException($"{file} does not contain '{old}'", nameof(old));
        Save(file, text.Replace(old, changed, StringComparison.Ordinal));
    }

    /// <summary>
    /// Makes the files links into a folder behind the link <c>..data</c>, as Kubernetes mounts a ConfigMap.
    /// </summary>
    public void Mount()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "..1"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "..data"), "..1");
        foreach (var file in Directory.GetFiles(Folder))
        {
            var name = Path.GetFileName(file);
            File.Move(file, Path.Combine(Folder, "..1", name));
            File.CreateSymbolicLink(file, Path.Combine("..data", name));
        }
    }

    /// <summary>Changes all files of a mounted folder at once.</summary>
    public async Task SwapAsync(Func<string, string> change)
    {
        var next = Directory.CreateDirectory(Path.Combine(Folder, "..2")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "..1")))
            File.WriteAllText(Path.Combine(next, Path.GetFileName(file)), change(File.ReadAllText(file)));
        var link = Path.Combine(Folder, "..data");
        Directory.CreateSymbolicLink($"{link}_tmp", "..2");
        // File.Move looks behind the link and refuses.
        await Command.RunAsync("mv", ["-fT", $"{link}_tmp", link]);
        Directory.Delete(Path.Combine(Folder, "..1"), recursive: true);
    }

    public void Dispose() => _folder.Dispose();
}
