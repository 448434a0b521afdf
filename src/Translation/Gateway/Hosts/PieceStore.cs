using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The pieces of one Proxy, built when first asked for and kept while nothing they were built of changes.
/// </summary>
internal sealed class PieceStore(HostContext context)
{
    private readonly Dictionary<ResourceKey, Entry> _entries = [];

    /// <summary>The virtual host of a VirtualService for a Gateway of this name.</summary>
    public VirtualHostPiece Get(Resource virtualService, string gatewayName)
    {
        if (!_entries.TryGetValue(virtualService.Key, out var entry)
            || !ReferenceEquals(entry.Source, virtualService))
        {
            entry = new Entry(virtualService);
            _entries[virtualService.Key] = entry;
        }

        if (entry.Shared is { } shared) return shared;
        if (entry.ByGateway?.TryGetValue(gatewayName, out var known) == true) return known;
        var piece = VirtualHostBuilder.Build(virtualService, gatewayName, context);
        if (piece.HoldsGatewayName) (entry.ByGateway ??= [])[gatewayName] = piece;
        else entry.Shared = piece;
        return piece;
    }

    /// <summary>Drops the pieces that the changes concern and returns their VirtualServices.</summary>
    public List<Resource> Drop(ChangeSet changes)
    {
        var dropped = new List<Resource>();
        if (changes.IsEmpty) return dropped;
        foreach (var entry in _entries.Values)
        {
            if (!entry.IsTouchedBy(changes)) continue;
            entry.Shared = null;
            entry.ByGateway = null;
            dropped.Add(entry.Source);
        }

        return dropped;
    }

    /// <summary>Forgets a VirtualService.</summary>
    public void Remove(in ResourceKey key) => _entries.Remove(key);

    /// <summary>Forgets what no Gateway serves any more.</summary>
    public void Retain(HashSet<ResourceKey> served, HashSet<string> gatewayNames)
    {
        foreach (var (key, entry) in _entries)
        {
            if (!served.Contains(key)) _entries.Remove(key);
            else entry.Retain(gatewayNames);
        }
    }

    private sealed class Entry(Resource source)
    {
        public Resource Source { get; } = source;

        public VirtualHostPiece? Shared { get; set; }

        public Dictionary<string, VirtualHostPiece>? ByGateway { get; set; }

        public bool IsTouchedBy(ChangeSet changes)
        {
            if (Shared?.Dependencies.AreTouchedBy(changes) == true) return true;
            if (ByGateway is null) return false;
            foreach (var piece in ByGateway.Values)
            {
                if (piece.Dependencies.AreTouchedBy(changes)) return true;
            }

            return false;
        }

        public void Retain(HashSet<string> gatewayNames)
        {
            if (ByGateway is null) return;
            foreach (var name in ByGateway.Keys)
            {
                if (!gatewayNames.Contains(name)) ByGateway.Remove(name);
            }
        }
    }
}
