using System.Collections.Immutable;

namespace Stagedoor.Api;

/// <summary>What translation needs of a resource's <c>metadata</c>.</summary>
public sealed record ResourceMetadata
{
    /// <summary><c>metadata.labels</c>.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary><c>metadata.annotations</c>.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary><c>metadata.generation</c>; 0 when the source has none (files).</summary>
    public long Generation { get; init; }

    /// <summary>
    /// The age that decides conflicts: <c>creationTimestamp</c>, else when the source first saw the object (design 5).
    /// </summary>
    public DateTimeOffset Created { get; init; }
}
