using Google.Protobuf.Reflection;

namespace Stagedoor.Api;

/// <summary>Limits and choices of <see cref="DocumentReader"/>.</summary>
public sealed record DocumentReaderOptions
{
    /// <summary>The defaults.</summary>
    public static readonly DocumentReaderOptions Default = new();

    /// <summary>Namespace of a namespaced object that names none, as with <c>kubectl apply</c>.</summary>
    public string DefaultNamespace { get; init; } = "default";

    /// <summary>Longest text read, in UTF-16 characters.</summary>
    public int MaxText { get; init; } = 64 << 20;

    /// <summary>Deepest nesting of a document: above it neither Kubernetes nor protobuf goes in practice.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Most nodes (scalars, lists, maps) of a document as written.</summary>
    public int MaxNodes { get; init; } = 4_000_000;

    /// <summary>Most nodes that the aliases of a document may expand to: the guard against YAML bombs.</summary>
    public int MaxAliasNodes { get; init; } = 100_000;

    /// <summary>Most errors reported of one document.</summary>
    public int MaxErrors { get; init; } = 10;

    /// <summary>Message types, beyond Gloo's and the well-known ones, that an <c>@type</c> may name.</summary>
    public TypeRegistry AnyTypes { get; init; } = TypeRegistry.Empty;
}
