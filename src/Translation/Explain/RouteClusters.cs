namespace Stagedoor.Translation.Explain;

/// <summary>The clusters that a route of Envoy leads to.</summary>
internal static class RouteClusters
{
    /// <summary>Its destinations, weighted ones and mirrors; each once or more.</summary>
    public static IEnumerable<string> Of(EnvoyRoute.Route route)
    {
        if (route.Route_ is not { } action) yield break;
        if (action.Cluster.Length > 0) yield return action.Cluster;
        foreach (var weighted in action.WeightedClusters?.Clusters ?? [])
            if (weighted.Name.Length > 0) yield return weighted.Name;
        foreach (var mirror in action.RequestMirrorPolicies)
            if (mirror.Cluster.Length > 0) yield return mirror.Cluster;
    }
}
