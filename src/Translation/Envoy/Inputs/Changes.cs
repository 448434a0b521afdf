using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>What changed between two views, as the keys that memoised pieces depend on.</summary>
internal static class Changes
{
    /// <summary>
    /// The changed keys, and for slices and Services the keys that stand for groups of them; null if nothing is known
    /// of
    /// the older view.
    /// </summary>
    public static HashSet<ResourceKey>? Between(CatalogView? older, CatalogView view)
    {
        if (older is null) return null;
        var keys = new HashSet<ResourceKey>();
        if (GlooSettings.KeyIn(older) is var settings && settings != GlooSettings.KeyIn(view)) keys.Add(settings);
        foreach (var key in view.ChangesSince(older))
        {
            keys.Add(key);
            if (key.Is(ResourceKinds.EndpointSlice))
            {
                if (EndpointIndex.ServiceOf(older.Find(key)) is { } before) keys.Add(before);
                if (EndpointIndex.ServiceOf(view.Find(key)) is { } after) keys.Add(after);
            }
            else if (key.Is(ResourceKinds.Service))
            {
                keys.Add(KubeUpstreams.AllServicesOf(key.Namespace));
            }
        }

        return keys;
    }

    /// <summary>Whether any of the dependencies changed.</summary>
    public static bool Touch(
        this HashSet<ResourceKey> changes, System.Collections.Immutable.ImmutableArray<ResourceKey> keys)
    {
        if (changes.Count == 0) return false;
        foreach (var key in keys)
            if (changes.Contains(key))
                return true;
        return false;
    }
}
