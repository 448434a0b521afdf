using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>The Upstreams that a Proxy's routes refer to, each translated once per view.</summary>
internal sealed class UpstreamLookup(CatalogView view, TranslationMemo memo)
{
    /// <summary>The key that stands for "what routes see of this Upstream" among dependencies.</summary>
    public static ResourceKey FactOf(ResourceKey upstream) => new("", "RoutesTo", upstream.Namespace, upstream.Name);

    /// <summary>The state of an Upstream, existing or not.</summary>
    public UpstreamState Get(ResourceKey key)
    {
        if (memo.Upstreams.TryGetValue(key, out var state)) return state;
        state = UpstreamMemo.Get(view, key);
        memo.Put(key, state);
        return state;
    }

    /// <summary>Brings the states up to date; the answer is which facts about them changed.</summary>
    public HashSet<ResourceKey> Refresh(HashSet<ResourceKey> changes)
    {
        var changed = new HashSet<ResourceKey>();
        foreach (var key in memo.UpstreamIndex.Of(changes))
        {
            var old = memo.Upstreams[key];
            var state = UpstreamMemo.Get(view, key).Keeping(old);
            if (ReferenceEquals(state, old)) continue;
            memo.Put(key, state);
            if (!state.SameForRoutes(old)) changed.Add(FactOf(key));
        }

        return changed;
    }
}
