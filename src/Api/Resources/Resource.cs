namespace Stagedoor.Api;

/// <summary>
/// One input resource as a source last read it. Immutable: a change of the object is a new instance, so reference
/// equality is the cheap "unchanged" test that memoised translation relies on.
/// </summary>
/// <param name="Key">Identity.</param>
/// <param name="Metadata">Labels, annotations and age.</param>
/// <param name="Body">
/// The parsed object: the contract's message for Gloo kinds (its <c>metadata</c> filled, its status left out), a record
/// of <see cref="Core"/> for Kubernetes' own kinds. Never modified after parsing.
/// </param>
/// <param name="Source">The document's first line.</param>
/// <param name="ContentHash">XxHash128 of the normalised document: equal content, equal hash.</param>
public sealed record Resource(
    ResourceKey Key,
    ResourceMetadata Metadata,
    object Body,
    SourceLocation Source,
    UInt128 ContentHash)
{
    /// <summary>
    /// Whether this is the last good text of a document that is unreadable now (design 5, <c>held</c>).
    /// </summary>
    public bool IsHeld { get; init; }

    /// <summary>The body as the type that its kind is parsed to.</summary>
    /// <exception cref="InvalidCastException">The kind is parsed to another type: a programming error.</exception>
    public T As<T>() where T : class => (T)Body;

    /// <summary>Key and source; never the body, which may hold secrets (rule I8).</summary>
    public override string ToString() => $"{Key} ({Source})";
}
