namespace Stagedoor.Api;

/// <summary>How bad a diagnostic is; the order is Gloo's (gateway-translation 0.2).</summary>
public enum Severity
{
    /// <summary>Said for information; nothing is wrong.</summary>
    Info = 0,

    /// <summary>The resource is in force, with something left out or unresolved.</summary>
    Warning = 1,

    /// <summary>The resource, or the named part of it, is not in force as written.</summary>
    Error = 2,
}

/// <summary>Something said about an input: a stable code, the words, and where it points.</summary>
/// <param name="Code">Stable code, <c>SD####</c>; each has a section in <c>docs/diagnostics.md</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">One sentence in plain words, without secrets.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message)
{
    /// <summary>The object it is about, when the document could be read that far.</summary>
    public ResourceKey? Resource { get; init; }

    /// <summary>Path of the field within the object, for example <c>spec.virtualHost.routes[2]</c>.</summary>
    public string? Field { get; init; }

    /// <summary>File and line, when the object came from a file.</summary>
    public SourceLocation? Source { get; init; }

    /// <summary>What to do about it, when that is not obvious from the message.</summary>
    public string? Hint { get; init; }

    /// <summary>One line: location, code, object, field, message.</summary>
    public override string ToString()
    {
        var where = Source is { } source ? $"{source}: " : "";
        var what = Resource is { } key ? $"{key}: " : "";
        var field = Field is null ? "" : $"{Field}: ";
        return $"{where}{Severity.ToString().ToLowerInvariant()} {Code}: {what}{field}{Message}";
    }
}
