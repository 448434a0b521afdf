using Stagedoor.Api;

namespace Stagedoor.Translation.Touching;

/// <summary>
/// The selections of RouteTables by namespace and one of their labels, so that a RouteTable meets only those that it
/// has a chance with.
/// </summary>
internal sealed class QueryIndex
{
    private readonly Dictionary<(string Namespace, string Label, string Value), List<ResourceNode>> _buckets = [];

    /// <summary>Adds the selections of a resource.</summary>
    public void Add(ResourceNode node)
    {
        foreach (var key in Keys(node))
        {
            if (!_buckets.TryGetValue(key, out var bucket)) _buckets[key] = bucket = [];
            bucket.Add(node);
        }
    }

    /// <summary>Takes them away.</summary>
    public void Remove(ResourceNode node)
    {
        foreach (var key in Keys(node))
        {
            if (!_buckets.TryGetValue(key, out var bucket)) continue;
            bucket.Remove(node);
            if (bucket.Count == 0) _buckets.Remove(key);
        }
    }

    /// <summary>The resources that select a RouteTable.</summary>
    public IEnumerable<ResourceNode> Selecting(Resource table)
    {
        if (_buckets.Count == 0) yield break;
        foreach (var ns in (string[])[table.Key.Namespace, ObjectName.AnyNamespace])
        {
            foreach (var node in In((ns, "", ""), table)) yield return node;
            foreach (var (label, value) in table.Metadata.Labels)
                foreach (var node in In((ns, label, value), table))
                    yield return node;
        }
    }

    private IEnumerable<ResourceNode> In((string, string, string) key, Resource table) =>
        _buckets.TryGetValue(key, out var bucket)
            ? bucket.Where(node => node.Queries.Any(query => query.Selects(table)))
            : [];

    private static HashSet<(string Namespace, string Label, string Value)> Keys(ResourceNode node)
    {
        var keys = new HashSet<(string, string, string)>();
        foreach (var query in node.Queries)
        {
            var (label, value) = query.Labels.IsEmpty ? new("", "") : query.Labels[0];
            foreach (var ns in (IEnumerable<string>?)query.Namespaces.Names ?? [ObjectName.AnyNamespace])
                keys.Add((ns, label, value));
        }

        return keys;
    }
}
