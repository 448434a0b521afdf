using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The process's memo of translated Upstreams. An entry lives as long as the input resource that it belongs to, and
/// counts
/// as long as everything that was read for it is the same: resources are immutable, so references tell.
/// </summary>
internal static class UpstreamMemo
{
    private static readonly ConditionalWeakTable<Resource, Entry> Upstreams = new();

    /// <summary>The state of an Upstream in a view.</summary>
    public static UpstreamState Get(CatalogView view, ResourceKey key)
    {
        if (view.Find(key) is not { } resource) return Translate(view, key).State;
        if (Upstreams.TryGetValue(resource, out var entry) && entry.IsValidIn(view)) return entry.State;
        entry = Translate(view, key);
        Upstreams.AddOrUpdate(resource, entry);
        return entry.State;
    }

    private static Entry Translate(CatalogView view, ResourceKey key)
    {
        var tracked = new TrackedView(view);
        var problems = new List<Problem>();
        var upstream = tracked.Find(key)?.Body as GlooV1.Upstream
            ?? (KubeUpstreams.Is(key) ? KubeUpstreams.Find(key, tracked, problems) : null);
        var translation = upstream is null
            ? new UpstreamTranslation(key, view.Version)
            : ClusterTranslator.Translate(key, upstream, tracked, problems);
        var reads = tracked.TakeReads();
        return new Entry(
            new UpstreamState(upstream, translation, reads), [.. reads.Select(read => (read, Seen(view, read)))]);
    }

    private static object? Seen(CatalogView view, ResourceKey key) => key.Kind switch
    {
        "SlicesOf" when key.Group.Length == 0 =>
            ArrayOf(EndpointIndex.Of(view).Find(view, key.Namespace, key.Name).Slices),
        _ => view.Find(key),
    };

    private static Resource[]? ArrayOf(ImmutableArray<Resource> slices) =>
        slices.IsEmpty ? null : ImmutableCollectionsMarshal.AsArray(slices);

    private sealed record Entry(UpstreamState State, ImmutableArray<(ResourceKey Key, object? Resource)> Reads)
    {
        public bool IsValidIn(CatalogView view)
        {
            foreach (var (key, resource) in Reads)
                if (!Same(Seen(view, key), resource))
                    return false;
            return true;
        }

        private static bool Same(object? now, object? then) =>
            ReferenceEquals(now, then)
            || (now is Resource[] slices && then is Resource[] others && slices.AsSpan().SequenceEqual(others));
    }
}
