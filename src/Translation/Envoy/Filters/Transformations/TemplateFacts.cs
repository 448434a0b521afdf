namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>What templates turn out to use, which decides what has to be kept for them.</summary>
internal sealed class TemplateFacts
{
    /// <summary>Whether the body, or a variable that it may hold, is read.</summary>
    public bool ReadsBody { get; set; }

    /// <summary>Request headers that a response reads, in lower case.</summary>
    public SortedSet<string> RequestHeaders { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a response reads request headers whose names are computed.</summary>
    public bool ReadsAnyRequestHeader { get; private set; }

    /// <summary>Notes the call of a function with its only argument, if that is a string.</summary>
    public void Note(string function, string? literal)
    {
        if (function is "body" or "context") ReadsBody = true;
        if (function != "request_header") return;
        if (literal is null) ReadsAnyRequestHeader = true;
        else RequestHeaders.Add(literal.ToLowerInvariant());
    }

    /// <summary>Adds what other templates use.</summary>
    public void Merge(TemplateFacts other)
    {
        ReadsBody |= other.ReadsBody;
        ReadsAnyRequestHeader |= other.ReadsAnyRequestHeader;
        RequestHeaders.UnionWith(other.RequestHeaders);
    }
}
