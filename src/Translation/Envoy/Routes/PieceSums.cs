using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>What the virtual hosts of one route configuration have to say together.</summary>
internal sealed class PieceSums
{
    /// <summary>Clusters that their routes refer to.</summary>
    public CountedSet<string> Clusters { get; } = new(StringComparer.Ordinal);

    /// <summary>Input resources that they came from.</summary>
    public CountedSet<ResourceKey> Sources { get; } = new(Comparer<ResourceKey>.Default);

    /// <summary>A virtual host joins.</summary>
    public void Add(VirtualHostPiece piece)
    {
        foreach (var cluster in piece.Clusters) Clusters.Add(cluster);
        foreach (var source in piece.Sources) Sources.Add(source);
    }

    /// <summary>A virtual host leaves.</summary>
    public void Remove(VirtualHostPiece piece)
    {
        foreach (var cluster in piece.Clusters) Clusters.Remove(cluster);
        foreach (var source in piece.Sources) Sources.Remove(source);
    }
}
