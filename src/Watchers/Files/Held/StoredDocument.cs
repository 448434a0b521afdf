using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>What the store says of one file's claim to one object, its text aside.</summary>
/// <param name="File">The file.</param>
/// <param name="Key">The object.</param>
/// <param name="ContentHash">Hash of the text.</param>
/// <param name="FirstSeen">When this file first had the object.</param>
/// <param name="Age">When the object was first seen in any file.</param>
/// <param name="InForce">Whether it was this file's text that counted.</param>
internal sealed record StoredRecord(
    string File, ResourceKey Key, UInt128 ContentHash, DateTimeOffset FirstSeen, DateTimeOffset Age, bool InForce);

/// <summary>A stored claim with its text, which is decoded only when it is needed.</summary>
internal sealed class StoredDocument(StoredRecord record, Func<Resource?> restore)
{
    public StoredRecord Record { get; } = record;

    /// <summary>The last good text; null if it was not kept or its key is lost.</summary>
    public Resource? Restore() => restore();
}
