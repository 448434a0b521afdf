using System.Text.Json;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>
/// The folder of golden cases: <c>input.yaml</c> and what is expected of it. <c>UPDATE_GOLDEN=1</c> writes what the
/// translator gives, for review.
/// </summary>
internal static class Golden
{
    public static readonly string Root = Path.Combine(Repository(), "tests", "Golden", "envoy");

    private const string With = "# with: ";

    /// <summary>Names of all cases.</summary>
    public static IEnumerable<string> Cases =>
        Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    /// <summary>Whether expectations are to be written.</summary>
    public static bool IsUpdating => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>
    /// The input of a case, with the documents that a line <c># with: FILE</c> names: files beside the cases.
    /// </summary>
    public static string Input(string name)
    {
        var text = File.ReadAllText(Path.Combine(Root, name, "input.yaml"));
        foreach (var line in text.Split('\n').Where(line => line.StartsWith(With, StringComparison.Ordinal)))
            text += "\n---\n" + File.ReadAllText(Path.Combine(Root, line[With.Length..].Trim()));
        return text;
    }

    /// <summary>What is compared: one text per file.</summary>
    public static IEnumerable<(string File, string Text)> Outputs(ProxyTranslation translation)
    {
        yield return ("listeners.yaml", Section(translation, XdsType.Listener));
        yield return ("routes.yaml", Section(translation, XdsType.RouteConfiguration));
        yield return ("clusters.yaml", Section(translation, XdsType.Cluster));
        yield return ("endpoints.yaml", Section(translation, XdsType.ClusterLoadAssignment));
        yield return ("secrets.yaml", Section(translation, XdsType.Secret));
        yield return ("reports.txt", string.Concat(
            translation.Reports.SelectMany(report => report.Diagnostics).Select(diagnostic => $"{diagnostic}\n")));
    }

    /// <summary>The root of the repository, found from the test's own assembly.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        return folder;
    }

    private static string Section(ProxyTranslation translation, XdsType type) => string.Concat(
        translation.Resources.Where(resource => resource.Type == type)
            .Select(resource => "- " + Yaml.Of(JsonDocument.Parse(TranslationJson.Format(resource)).RootElement, 1)));
}
