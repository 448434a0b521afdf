using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>Which memoised pieces depend on a key, so that a change costs its dependents and not all pieces.</summary>
internal sealed class DependentIndex<T> where T : notnull
{
    private readonly Dictionary<ResourceKey, HashSet<T>> _dependents = [];

    /// <summary>Adds a piece that was made from these keys.</summary>
    public void Add(T piece, ImmutableArray<ResourceKey> keys)
    {
        foreach (var key in keys)
        {
            if (!_dependents.TryGetValue(key, out var dependents)) _dependents[key] = dependents = [];
            dependents.Add(piece);
        }
    }

    /// <summary>Removes a piece; the keys are those that it was added with.</summary>
    public void Remove(T piece, ImmutableArray<ResourceKey> keys)
    {
        foreach (var key in keys)
            if (_dependents.TryGetValue(key, out var dependents) && dependents.Remove(piece) && dependents.Count == 0)
                _dependents.Remove(key);
    }

    /// <summary>The pieces that depend on any of these keys.</summary>
    public HashSet<T> Of(IReadOnlyCollection<ResourceKey> keys)
    {
        var found = new HashSet<T>();
        foreach (var key in keys)
            if (_dependents.TryGetValue(key, out var dependents))
                found.UnionWith(dependents);
        return found;
    }
}
