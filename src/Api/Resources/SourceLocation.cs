namespace Stagedoor.Api;

/// <summary>Where a document or a field came from.</summary>
/// <param name="File">Path relative to the configuration folder, or a cluster's name.</param>
/// <param name="Line">One-based line; 0 when unknown.</param>
public readonly record struct SourceLocation(string File, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}:{Line}" : File;
}
