using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>The Upstreams that a Proxy's routes refer to, each translated once per view.</summary>
internal sealed class UpstreamLookup(CatalogView view, Dictionary<ResourceKey, UpstreamState> states)
{
    /// <summary>All Upstreams that were asked for, now or earlier.</summary>
    public Dictionary<ResourceKey, UpstreamState> States { get; } = states;

    /// <summary>Whether <see cref="Refresh"/> found a cluster, an assignment or a report that is another one.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>The key that stands for "what routes see of this Upstream" among dependencies.</summary>
    public static ResourceKey FactOf(ResourceKey upstream) => new("", "RoutesTo", upstream.Namespace, upstream.Name);

    /// <summary>The state of an Upstream, existing or not.</summary>
    public UpstreamState Get(ResourceKey key)
    {
        if (States.TryGetValue(key, out var state)) return state;
        state = UpstreamMemo.Get(view, key);
        States[key] = state;
        return state;
    }

    /// <summary>Brings the states up to date; the answer is which facts about them changed.</summary>
    public HashSet<ResourceKey> Refresh(HashSet<ResourceKey> changes)
    {
        var changed = new HashSet<ResourceKey>();
        if (!changes.Any(Matters)) return changed;
        foreach (var (key, old) in States.ToArray())
        {
            if (!changes.Touch(old.Dependencies)) continue;
            var state = UpstreamMemo.Get(view, key);
            if (ReferenceEquals(state, old)) continue;
            States[key] = state;
            HasChanged = true;
            if (!state.SameForRoutes(old)) changed.Add(FactOf(key));
        }

        return changed;
    }

    private static bool Matters(ResourceKey key) => key.Group.Length == 0 || key.Kind is
        "Upstream" or "Settings" or "EndpointSlice";
}
