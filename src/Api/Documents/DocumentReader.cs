using Stagedoor.Api.Documents;

namespace Stagedoor.Api;

/// <summary>
/// Reads YAML and JSON documents, as <c>kubectl apply</c> takes them and as Gloo stores them in folders, into
/// resources. Pure; never throws on any text.
/// </summary>
public static class DocumentReader
{
    /// <summary>Reads one text.</summary>
    /// <param name="text">Any number of documents; a byte order mark at its start is skipped.</param>
    /// <param name="file">
    /// Name for messages. If its folders are Gloo's (<c>[plural]/[namespace]/</c>), documents without apiVersion and
    /// kind take both from there.
    /// </param>
    /// <param name="options">Limits and choices.</param>
    public static DocumentSet Read(string text, string file, DocumentReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        var context = new ReadContext(file, options ?? DocumentReaderOptions.Default);
        var objects = new ObjectReader(context, GlooLayout.FromPath(file));
        if (text.Length > context.Options.MaxText)
        {
            objects.Unreadable(new DocumentException(
                DocumentCodes.Limit, 1, $"longer than {context.Options.MaxText} characters"));
            return objects.Finish();
        }

        foreach (var (piece, firstLine) in DocumentSplitter.Split(text.TrimStart('\uFEFF')))
            ReadPiece(piece, firstLine, context, objects);
        return objects.Finish();
    }

    private static void ReadPiece(string piece, int firstLine, ReadContext context, ObjectReader objects)
    {
        try
        {
            TextCheck.Check(piece, firstLine);
            if (TryJson(piece, firstLine, context) is { } json)
            {
                foreach (var root in json) objects.Read(root);
                return;
            }

            foreach (var root in YamlNodes.Read(piece, firstLine, context.Options)) objects.Read(root);
        }
        catch (DocumentException error)
        {
            objects.Unreadable(error);
        }
    }

    /// <summary>The roots if the text is JSON; null if it is to be read as YAML.</summary>
    private static List<Node>? TryJson(string piece, int firstLine, ReadContext context)
    {
        if (piece.AsSpan().TrimStart() is not ['{' or '[', ..]) return null;
        try
        {
            return JsonNodes.Read(piece, firstLine, context.Options);
        }
        catch (DocumentException error) when (error.Code == DocumentCodes.Syntax && !IsJsonFile(context.File))
        {
            // YAML's flow style looks alike: {kind: List}.
            return null;
        }
    }

    private static bool IsJsonFile(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
