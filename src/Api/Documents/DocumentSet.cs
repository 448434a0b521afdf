using System.Collections.Immutable;

namespace Stagedoor.Api;

/// <summary>What one text (usually one file) holds.</summary>
public sealed record DocumentSet
{
    /// <summary>Nothing.</summary>
    public static readonly DocumentSet Empty = new();

    /// <summary>
    /// The objects without error, in the order written. An object written twice is in it twice: which one counts is for
    /// the source to say. <see cref="ResourceMetadata.Created"/> is the default value where no creationTimestamp is
    /// given.
    /// </summary>
    public ImmutableArray<Resource> Resources { get; init; } = [];

    /// <summary>Objects whose identity could be read but whose content is in error.</summary>
    public ImmutableArray<ResourceKey> Broken { get; init; } = [];

    /// <summary>
    /// Whether some part could not be read so far that its object is known: then an object that used to be in this text
    /// and is in neither list may be that part, and must not be taken for deleted (rule I2).
    /// </summary>
    public bool HasUnidentified { get; init; }

    /// <summary>Errors with file and line, and (as information) the kinds that were ignored.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}
