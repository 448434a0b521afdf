namespace Stagedoor.Xds.Sessions;

/// <summary>
/// Clusters that the snapshot has no more and the client still has: removed after everything that referred to them was
/// replaced and acknowledged, plus a linger (design 4: removals last).
/// </summary>
internal sealed class LeavingClusters(TimeSpan linger)
{
    private readonly Dictionary<string, Leaving> _leaving = new(StringComparer.Ordinal);

    public bool IsEmpty => _leaving.Count == 0;

    /// <summary>What of them stands in a full set.</summary>
    public IEnumerable<SnapshotResource> Resources =>
        _leaving.Values.Select(leaving => leaving.Resource).OfType<SnapshotResource>();

    /// <summary>When the next of them may be removed; null: none is free yet.</summary>
    public DateTimeOffset? NextAt => _leaving.Values.Min(leaving => leaving.FreeAt);

    public bool Contains(string name) => _leaving.ContainsKey(name);

    /// <summary>The oldest generation from which any of them is kept; null: there is none.</summary>
    public Generation? KeptFrom => _leaving.Count == 0 ? null : _leaving.Values.Min(leaving => leaving.Seen);

    /// <summary>The snapshot dropped a cluster that the client has.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="resource">The content that the client has; null: unknown.</param>
    /// <param name="seen">A generation that still had it.</param>
    public void Add(string name, SnapshotResource? resource, Generation seen) =>
        _leaving[name] = new Leaving(resource, seen, null);

    /// <summary>The snapshot has it again; null if it was not leaving, else what the client holds.</summary>
    public Holding? Return(string name)
    {
        if (!_leaving.Remove(name, out var leaving)) return null;
        return leaving.Resource is null ? Holding.Unknown : Holding.Of(leaving.Resource);
    }

    /// <summary>
    /// The client has rejected this content: <paramref name="instead"/> is kept in its place; true: there is none, and
    /// the cluster goes.
    /// </summary>
    public bool Replace(SnapshotResource rejected, SnapshotResource? instead)
    {
        if (!_leaving.TryGetValue(rejected.Name, out var leaving)) return false;
        if (leaving.Resource?.Hash != rejected.Hash) return false;
        if (instead is null) return _leaving.Remove(rejected.Name);
        _leaving[rejected.Name] = leaving with { Resource = instead };
        return false;
    }

    /// <summary>
    /// Starts the linger of those that <paramref name="isReferred"/> denies, and takes out those whose time is over.
    /// </summary>
    public List<string> Expire(DateTimeOffset now, Func<string, bool> isReferred)
    {
        var expired = new List<string>();
        foreach (var (name, leaving) in _leaving.ToArray())
        {
            if (isReferred(name))
            {
                if (leaving.FreeAt is not null) _leaving[name] = leaving with { FreeAt = null };
                continue;
            }

            var freeAt = leaving.FreeAt ?? now + linger;
            _leaving[name] = leaving with { FreeAt = freeAt };
            if (freeAt > now) continue;
            _leaving.Remove(name);
            expired.Add(name);
        }

        return expired;
    }

    private sealed record Leaving(SnapshotResource? Resource, Generation Seen, DateTimeOffset? FreeAt);
}
