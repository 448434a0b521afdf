namespace Stagedoor.Translation.Validation;

/// <summary>Checks one value; the answer is what is wrong with it, or null.</summary>
internal delegate string? ValueCheck(object value);
