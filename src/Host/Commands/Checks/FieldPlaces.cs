using Stagedoor.Api;

namespace Stagedoor.Host.Commands.Checks;

/// <summary>Turns "this field of the object at this line" into line and column, reading each file once.</summary>
internal sealed class FieldPlaces(string folder, long maxFileBytes)
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    /// <summary>Places a diagnostic as precisely as the file allows.</summary>
    public CheckFinding Place(Diagnostic diagnostic)
    {
        if (diagnostic.Source is not { } source || source.File is "" or ".")
            return new CheckFinding(diagnostic, null, 0, 0, 0);
        var byObject = new CheckFinding(diagnostic, source.File, source.Line, 0, 0);
        if (source.Line == 0 || diagnostic.Field is not { } field || Text(source.File) is not { } text) return byObject;
        return FieldLocator.Find(text, source.Line, field) is { } place && place.Line >= source.Line
            ? new CheckFinding(diagnostic, source.File, place.Line, place.Column, place.EndColumn)
            : byObject;
    }

    private string? Text(string file)
    {
        if (_texts.TryGetValue(file, out var text)) return text;
        var path = Path.Combine(folder, file);
        try
        {
            text = new FileInfo(path).Length <= maxFileBytes ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was readable a moment ago; the line of the object is known all the same.
            text = null;
        }

        return _texts[file] = text;
    }
}
