using System.Collections.Immutable;

namespace Stagedoor.Api.Core;

/// <summary>core/v1 ConfigMap.</summary>
public sealed record ConfigMap
{
    /// <summary><c>data</c>.</summary>
    public ImmutableSortedDictionary<string, string> Data { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary><c>binaryData</c>, decoded.</summary>
    public ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> BinaryData { get; init; } =
        ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
}
