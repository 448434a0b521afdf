using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>What the virtual hosts of one route configuration have to say together.</summary>
internal sealed class PieceSums
{
    /// <summary>Clusters that their routes refer to.</summary>
    public CountedSet<string> Clusters { get; } = new(StringComparer.Ordinal);

    /// <summary>Input resources that they came from.</summary>
    public CountedSet<ResourceKey> Sources { get; } = new(Comparer<ResourceKey>.Default);

    /// <summary>Names of the filters that they configure.</summary>
    public CountedSet<string> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>A virtual host joins.</summary>
    public void Add(VirtualHostPiece piece)
    {
        foreach (var cluster in piece.Clusters) Clusters.Add(cluster);
        foreach (var filter in piece.Filters) Filters.Add(filter);
        foreach (var source in piece.Sources) Sources.Add(source);
    }

    /// <summary>A virtual host leaves.</summary>
    public void Remove(VirtualHostPiece piece)
    {
        foreach (var cluster in piece.Clusters) Clusters.Remove(cluster);
        foreach (var filter in piece.Filters) Filters.Remove(filter);
        foreach (var source in piece.Sources) Sources.Remove(source);
    }
}
