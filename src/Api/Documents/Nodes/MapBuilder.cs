namespace Stagedoor.Api.Documents;

/// <summary>Collects the entries of one map and refuses a key that is there already.</summary>
internal struct MapBuilder(Node map)
{
    private const int Small = 12;
    private HashSet<string>? _keys;

    public void Add(string key, int line, Node value)
    {
        if (Has(key)) throw new DocumentException(DocumentCodes.DuplicateKey, line, $"key {Quote(key)} stands twice");
        Append(key, line, value);
    }

    /// <summary>Adds what a merge key (<c>&lt;&lt;</c>) brings in; keys that are written out win.</summary>
    public void Merge(Node source)
    {
        foreach (var entry in source.Entries)
            if (!Has(entry.Key))
                Append(entry.Key, entry.Line, entry.Value);
    }

    private readonly bool Has(string key)
    {
        if (_keys is not null) return _keys.Contains(key);
        foreach (var entry in map.Entries)
            if (entry.Key == key)
                return true;
        return false;
    }

    private void Append(string key, int line, Node value)
    {
        map.Entries.Add(new Entry(key, line, value));
        NodeLimits.Grow(map, value);
        if (_keys is not null) _keys.Add(key);
        else if (map.Entries.Count > Small) _keys = [.. map.Entries.Select(entry => entry.Key)];
    }

    private static string Quote(string key) => key.Length <= 100 ? $"\"{key}\"" : $"\"{key[..100]}...\"";
}
