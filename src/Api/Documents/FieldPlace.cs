namespace Stagedoor.Api;

/// <summary>Where a field's name (or a list's element) stands in a file; everything is one-based.</summary>
/// <param name="Line">Line.</param>
/// <param name="Column">Column of its first character, in UTF-16 code units.</param>
/// <param name="EndColumn">Column behind its last character, on the same line.</param>
public readonly record struct FieldPlace(int Line, int Column, int EndColumn);
