namespace Stagedoor.Api.Documents;

/// <summary>A document cannot be read at all. Never leaves the reader: it becomes a diagnostic.</summary>
internal sealed class DocumentException(string code, int line, string message) : Exception(message)
{
    public string Code { get; } = code;

    public int Line { get; } = line;
}
