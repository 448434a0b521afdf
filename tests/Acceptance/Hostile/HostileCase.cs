using System.Globalization;
using System.Text;

namespace Stagedoor.Acceptance.Hostile;

/// <summary>Something that nobody should have put into the folder, and what must be said about it.</summary>
/// <param name="Name">Its file without the ending; what it defines bears this name, so that cases do not meet.</param>
/// <param name="Code">The code that is expected.</param>
/// <param name="Where">Where the diagnostic must point: file and line, or the file where no line can be known.</param>
/// <param name="Write">Puts it into a folder.</param>
internal sealed record HostileCase(string Name, string Code, string Where, Action<string> Write)
{
    /// <summary>The object that the diagnostic must be on; null where none can be known.</summary>
    public string? Object { get; init; }

    /// <summary>A YAML file whose fault is on a line (0: none can be known).</summary>
    public static HostileCase Text(string name, string code, int line, string text) =>
        File($"{name}.yaml", code, line, Encoding.UTF8.GetBytes(text));

    /// <summary>The same, where the fault is on an object of this kind with the name of the case.</summary>
    public static HostileCase Of(string kind, string name, string code, int line, string text) =>
        Text(name, code, line, text) with { Object = $"{kind} gloo-system/{name}" };

    /// <summary>A file of any name and content.</summary>
    public static HostileCase File(string file, string code, int line, byte[] bytes) => new(
        Path.GetFileNameWithoutExtension(file), code,
        line == 0 ? file : string.Create(CultureInfo.InvariantCulture, $"{file}:{line}"),
        folder => Save(folder, file, bytes));

    /// <summary>What a list of test cases shows.</summary>
    public override string ToString() => Name;

    /// <summary>Writes beside and renames, so that one case is one change.</summary>
    private static void Save(string folder, string file, byte[] bytes)
    {
        var path = Path.Combine(folder, file);
        System.IO.File.WriteAllBytes($"{path}~", bytes);
        System.IO.File.Move($"{path}~", path, overwrite: true);
    }
}
