using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>One file's claim to one object: its last good text there.</summary>
internal sealed class Candidate
{
    private StoredDocument? _stored;

    private Candidate(Resource? resource, StoredDocument? stored, DateTimeOffset firstSeen)
    {
        Resource = resource;
        _stored = stored;
        FirstSeen = firstSeen;
        Persisted = stored?.Record;
    }

    /// <summary>The object; null as long as only the stored form is there.</summary>
    public Resource? Resource { get; set; }

    /// <summary>When this file first had the object.</summary>
    public DateTimeOffset FirstSeen { get; }

    /// <summary>Whether the text is older than the file's present content, which is unreadable.</summary>
    public bool IsHeld { get; init; }

    /// <summary>What the store has of it.</summary>
    public StoredRecord? Persisted { get; set; }

    /// <summary>The hash of the good text.</summary>
    public UInt128 ContentHash => Resource?.ContentHash ?? _stored!.Record.ContentHash;

    public static Candidate Read(Resource resource, Candidate? before, DateTimeOffset now) =>
        new(resource, null, before?.FirstSeen ?? now) { Persisted = before?.Persisted };

    public static Candidate Stored(StoredDocument stored) => new(null, stored, stored.Record.FirstSeen);

    /// <summary>The same text, kept because what replaced it is unreadable; null if it cannot be restored.</summary>
    public Candidate? Hold()
    {
        if ((Resource ?? _stored?.Restore()) is not { } resource) return null;
        _stored = null;
        return new Candidate(resource, null, FirstSeen) { IsHeld = true, Persisted = Persisted };
    }
}
