namespace Stagedoor.Xds.Sessions;

/// <summary>
/// What a client has rejected of one type, by content: rejected alone or by name, never to be sent again; or rejected
/// in company, to be sent once more (design 4: at most two sends of any content).
/// </summary>
internal sealed class RejectedContent
{
    /// <summary>Sends after which content that was rejected each time is given up.</summary>
    public const int MaxSends = 2;

    private readonly Dictionary<string, ResourceHash> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Suspect> _suspects = new(StringComparer.Ordinal);

    /// <summary>Whether the client has rejected exactly this content.</summary>
    public bool Has(SnapshotResource content) =>
        _rejected.TryGetValue(content.Name, out var hash) && hash == content.Hash;

    /// <summary>Never again.</summary>
    public void Reject(SnapshotResource content)
    {
        _suspects.Remove(content.Name);
        _rejected[content.Name] = content.Hash;
    }

    /// <summary>Counts sends that ended in a rejection in company; true: there may be another.</summary>
    public bool Suspects(string name, SnapshotResource? content, int sends)
    {
        var hash = content?.Hash;
        if (_suspects.TryGetValue(name, out var suspect) && suspect.Hash == hash) sends += suspect.Sends;
        _suspects[name] = new Suspect(hash, sends);
        return sends < MaxSends;
    }

    /// <summary>The client has accepted what it holds under this name now.</summary>
    public void Clear(string name, SnapshotResource? content)
    {
        _suspects.Remove(name);
        if (content is not null && Has(content)) _rejected.Remove(name);
    }

    private readonly record struct Suspect(ResourceHash? Hash, int Sends);
}
