using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation;
using Stagedoor.Xds;

namespace Stagedoor.Bench.Translation;

/// <summary>
/// What a node does with a change, without its actors and its journal: the next view, what it touches, the translation,
/// the snapshot.
/// </summary>
internal sealed class Edited(CatalogView view, ProxyId proxy)
{
    private readonly TouchIndex _index = new();
    private readonly TranslationMemo _memo = new();
    private ProxyTranslation? _translation;
    private Snapshot? _snapshot;

    /// <summary>The newest view.</summary>
    public CatalogView View { get; private set; } = view;

    /// <summary>The newest snapshot.</summary>
    public Snapshot Snapshot => _snapshot ?? Take();

    /// <summary>Follows a change to the snapshot.</summary>
    public Snapshot Follow(Resource changed)
    {
        var next = View.With([changed], [], [], true);
        var touched = _index.Between(View, next);
        View = next;
        return touched.Proxies.Contains(proxy) ? Take() : Snapshot;
    }

    private Snapshot Take()
    {
        var translation = ProxyTranslator.Translate(View, proxy, _memo);
        var next = new Generation(1, (_snapshot?.Generation.Seq ?? 0) + 1);
        _snapshot = _snapshot is null || _translation is null
            ? Snapshots.Of(proxy.ToString(), next, translation.Resources)
            : _snapshot with
            {
                Generation = next,
                Resources = Changed(_snapshot.Resources, _translation.Resources, translation.Resources, next),
            };
        _translation = translation;
        return _snapshot;
    }

    // The names do not change here; unchanged resources are the same objects.
    private static ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>> Changed(
        ImmutableDictionary<XdsType, ImmutableSortedDictionary<string, SnapshotResource>> resources,
        ImmutableArray<EncodedResource> before, ImmutableArray<EncodedResource> now, Generation since)
    {
        if (before.Length != now.Length) throw new InvalidOperationException("the change added or removed something");
        for (var i = 0; i < now.Length; i++)
        {
            if (ReferenceEquals(before[i], now[i])) continue;
            var ofType = resources[now[i].Type].SetItem(now[i].Name, new SnapshotResource(now[i], since));
            resources = resources.SetItem(now[i].Type, ofType);
        }

        return resources;
    }
}
