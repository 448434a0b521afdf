using Stagedoor.Api;

namespace Stagedoor.Translation.Statuses;

/// <summary>
/// The words of a status: Gloo's layout, our codes, the true count and the first five of a long list.
/// </summary>
internal static class StatusText
{
    private const int MaxListed = 5;

    /// <summary>The reason; empty when there is neither error nor warning.</summary>
    public static string Reason(IReadOnlyList<Diagnostic> errors, IReadOnlyList<Diagnostic> warnings)
    {
        if (errors.Count == 0) return warnings.Count == 0 ? "" : Warnings(warnings);
        var counted = errors.Count == 1 ? "1 error occurred:" : $"{errors.Count} errors occurred:";
        var text = $"{counted}\n\t{string.Join("\n\t", Lines(errors).Select(line => "* " + line))}\n\n";
        return warnings.Count == 0 ? text : $"{text}\n{Warnings(warnings)}";
    }

    /// <summary>Information, as messages.</summary>
    public static IEnumerable<string> Messages(IReadOnlyList<Diagnostic> information) => Lines(information);

    private static string Warnings(IReadOnlyList<Diagnostic> warnings) =>
        $"warning: \n  {string.Join('\n', Lines(warnings))}";

    private static IEnumerable<string> Lines(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Take(MaxListed)) yield return Line(diagnostic);
        if (diagnostics.Count > MaxListed) yield return $"and {diagnostics.Count - MaxListed} more";
    }

    private static string Line(Diagnostic diagnostic) => diagnostic.Field is { } field
        ? $"{diagnostic.Code}: {field}: {diagnostic.Message}"
        : $"{diagnostic.Code}: {diagnostic.Message}";
}
