using System.Collections.Immutable;

namespace Stagedoor.Api.Core;

/// <summary>core/v1 Secret. Its text form never shows the values (rule I8).</summary>
public sealed record Secret
{
    /// <summary><c>type</c>, for example <c>kubernetes.io/tls</c>.</summary>
    public string Type { get; init; } = "Opaque";

    /// <summary><c>data</c>, decoded, with <c>stringData</c> laid over it.</summary>
    public ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Data { get; init; } =
        ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    /// <summary>Type and number of keys.</summary>
    public override string ToString() => $"Secret {{ Type = {Type}, Keys = {Data.Count} }}";
}
