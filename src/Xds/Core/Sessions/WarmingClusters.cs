namespace Stagedoor.Xds.Sessions;

/// <summary>
/// Slowly warming clusters that were added in CDS responses not answered yet: the withheld answer is Envoy's sign that
/// it warms them, and a route pointed at one meanwhile answers 503 (design 4).
/// </summary>
internal sealed class WarmingClusters(TimeSpan wait)
{
    private readonly Dictionary<string, Warming> _warming = new(StringComparer.Ordinal);

    /// <summary>A CDS response brought this cluster, which the client did not have.</summary>
    public void Added(SnapshotResource cluster, int order, DateTimeOffset now)
    {
        if (wait > TimeSpan.Zero && cluster.Resource.Refs.WarmsSlowly)
            _warming.TryAdd(cluster.Name, new Warming(order, now + wait));
    }

    /// <summary>The client answered that CDS response, or a later one.</summary>
    public void Answered(int order)
    {
        if (_warming.Count == 0) return;
        foreach (var (name, warming) in _warming.ToArray())
        {
            if (warming.Order <= order) _warming.Remove(name);
        }
    }

    /// <summary>Until when content must wait that refers to any of them; null: it need not.</summary>
    public DateTimeOffset? WaitFor(SnapshotResource content, DateTimeOffset now)
    {
        DateTimeOffset? until = null;
        foreach (var (name, warming) in _warming)
        {
            if (warming.Until > now && !(until >= warming.Until) && content.Resource.RefersToCluster(name))
                until = warming.Until;
        }

        return until;
    }

    private readonly record struct Warming(int Order, DateTimeOffset Until);
}
