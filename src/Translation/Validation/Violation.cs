namespace Stagedoor.Translation.Validation;

/// <summary>A value that Envoy would reject, or accept and then break on.</summary>
/// <param name="Path">Path of the field from the validated message, for example <c>routes[2].match</c>.</param>
/// <param name="Message">What is wrong, without the value itself: values can be secrets.</param>
public sealed record Violation(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
