namespace Stagedoor.Api.Documents;

/// <summary>
/// What the parts of the reader share while they read one text: where they are and what they found wrong.
/// </summary>
internal sealed class ReadContext(string file, DocumentReaderOptions options)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private int _errors;

    public DocumentReaderOptions Options { get; } = options;

    public string File { get; } = file;

    public FieldPath Path { get; } = new();

    /// <summary>The object being read, once it is known.</summary>
    public ResourceKey? Resource { get; set; }

    /// <summary>Errors of the present object.</summary>
    public int Errors => _errors;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Starts the next object.</summary>
    public void Begin()
    {
        Resource = null;
        Path.Clear();
        _errors = 0;
    }

    /// <summary>
    /// Reports an error at a line; <paramref name="message"/> must not quote values that may be secret.
    /// </summary>
    public void Error(string code, int line, string message, string? hint = null)
    {
        if (++_errors > Options.MaxErrors) return;
        _diagnostics.Add(new Diagnostic(code, Severity.Error, message)
        {
            Resource = Resource,
            Field = Path.Render(),
            Source = new SourceLocation(File, line),
            Hint = hint,
        });
    }

    public void Info(string code, int line, string message) =>
        _diagnostics.Add(
            new Diagnostic(code, Severity.Info, message) { Source = new SourceLocation(File, line) });

    public void WrongType(Node node, string expected, string? hint = null) =>
        Error(DocumentCodes.BadValue, node.Line, $"{expected} was expected, not {node.Describe()}", hint);
}
