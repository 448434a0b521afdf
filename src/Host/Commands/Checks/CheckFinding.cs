using Stagedoor.Api;

namespace Stagedoor.Host.Commands.Checks;

/// <summary>One thing that <c>stagedoor check</c> found.</summary>
/// <param name="Diagnostic">What is said.</param>
/// <param name="File">File below the folder; null if it is not about a file.</param>
/// <param name="Line">Line of the field at fault, else of its object; 0 when unknown.</param>
/// <param name="Column">Column of the field's name; 0 when unknown.</param>
/// <param name="EndColumn">Column behind it; 0 when unknown.</param>
internal sealed record CheckFinding(Diagnostic Diagnostic, string? File, int Line, int Column, int EndColumn)
{
    /// <summary>What to do about it: the diagnostic's own words, else those of the documentation.</summary>
    public string Hint => Diagnostic.Hint ?? DiagnosticDocs.Find(Diagnostic.Code)?.Advice ?? "";

    /// <summary><c>file:line:column</c>, as far as it is known.</summary>
    public string Where => (File, Line, Column) switch
    {
        (null, _, _) => "",
        (_, 0, _) => File,
        (_, _, 0) => $"{File}:{Line}",
        _ => $"{File}:{Line}:{Column}",
    };
}
