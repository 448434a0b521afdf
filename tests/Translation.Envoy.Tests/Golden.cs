namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>The folder of golden cases.</summary>
internal static class Golden
{
    public static readonly string Root = Path.Combine(Repository(), "tests", "Golden", "envoy");

    public static string Input(string name) => File.ReadAllText(Path.Combine(Root, name, "input.yaml"));

    /// <summary>The root of the repository, found from the test's own assembly.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        return folder;
    }
}
