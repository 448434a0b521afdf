namespace Stagedoor.Xds.Sessions;

/// <summary>
/// What a client has rejected of one type, by content: rejected alone or by name, never to be sent again; or rejected
/// in company, to be sent once more (design 4: at most two sends of any content).
/// </summary>
internal sealed class RejectedContent
{
    /// <summary>Sends after which content that was rejected each time is given up.</summary>
    public const int MaxSends = 2;

    // Contents that change and are rejected without end must not fill the memory; the oldest matter least.
    private const int MaxRemembered = 4096;

    private readonly HashSet<Content> _rejected = [];
    private readonly Dictionary<Content, int> _suspects = [];

    /// <summary>Whether nothing was rejected.</summary>
    public bool IsEmpty => _rejected.Count == 0 && _suspects.Count == 0;

    /// <summary>Whether anything was rejected in company.</summary>
    public bool HasSuspects => _suspects.Count > 0;

    /// <summary>Whether the client has rejected exactly this content.</summary>
    public bool Has(SnapshotResource content) => _rejected.Count > 0 && _rejected.Contains(Key(content));

    /// <summary>Whether exactly this content was rejected in company.</summary>
    public bool IsSuspect(SnapshotResource content) => _suspects.Count > 0 && _suspects.ContainsKey(Key(content));

    /// <summary>Whether exactly this content was rejected in company as often as it may be sent.</summary>
    public bool IsSpent(SnapshotResource content) =>
        _suspects.Count > 0 && _suspects.GetValueOrDefault(Key(content)) >= MaxSends;

    /// <summary>The rejected contents.</summary>
    public IEnumerable<(string Name, ResourceHash Hash)> All =>
        _rejected.Select(content => (content.Name, content.Hash!.Value));

    /// <summary>Never again.</summary>
    public void Reject(SnapshotResource content)
    {
        _suspects.Remove(Key(content));
        Reject(content.Name, content.Hash);
    }

    /// <summary>Never again.</summary>
    public void Reject(string name, ResourceHash hash)
    {
        if (_rejected.Count >= MaxRemembered) _rejected.Clear();
        _rejected.Add(new Content(name, hash));
    }

    /// <summary>Counts sends that ended in a rejection in company; true: there may be another.</summary>
    public bool Suspects(string name, SnapshotResource? content, int sends)
    {
        if (_suspects.Count >= MaxRemembered) _suspects.Clear();
        var key = new Content(name, content?.Hash);
        return (_suspects[key] = _suspects.GetValueOrDefault(key) + sends) < MaxSends;
    }

    /// <summary>The client has accepted what it holds under this name now.</summary>
    public void Clear(string name, SnapshotResource? content)
    {
        if (IsEmpty) return;
        var key = new Content(name, content?.Hash);
        _suspects.Remove(key);
        _rejected.Remove(key);
    }

    private static Content Key(SnapshotResource content) => new(content.Name, content.Hash);

    private readonly record struct Content(string Name, ResourceHash? Hash);
}
