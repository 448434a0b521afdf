using System.Collections.Immutable;
using Google.Protobuf;
using Stagedoor.Actors.Protocol;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>
/// Manifests as messages: the difference between two generations, or all of one, in pages of bounded size.
/// </summary>
internal static class ManifestPages
{
    /// <summary>Bytes of one page, its frame left aside.</summary>
    public const int PageBytes = 48 * 1024;

    /// <summary>All of a generation.</summary>
    public static ImmutableArray<ManifestPage> Whole(ProxyState state)
    {
        var pages = new Writer(state.Snapshot.Proxy, Generation.None, state.Generation);
        foreach (var type in state.Snapshot.Resources.OrderBy(type => (int)type.Key))
        {
            foreach (var resource in type.Value.Values) pages.Upsert(resource);
        }

        foreach (var name in Flat(state.Snapshot)) pages.Gone(name);
        return pages.Finish();
    }

    /// <summary>The difference between two generations, when it is known what lies between them.</summary>
    public static ImmutableArray<ManifestPage> Difference(ProxyState before, ProxyState now, ResourceChanges changes)
    {
        var pages = new Writer(now.Snapshot.Proxy, before.Generation, now.Generation);
        foreach (var resource in changes.Upserts) pages.Upsert(now.Find(ResourceName.Of(resource))!);
        foreach (var name in changes.Removed) pages.Removed(name);
        if (!ReferenceEquals(before.Snapshot.Gone, now.Snapshot.Gone))
        {
            foreach (var name in Flat(now.Snapshot).Where(name => !IsGone(before.Snapshot, name))) pages.Gone(name);
            foreach (var name in Flat(before.Snapshot).Where(name => !IsGone(now.Snapshot, name))) pages.Returned(name);
        }

        return pages.Finish();
    }

    private static IEnumerable<ResourceName> Flat(Snapshot snapshot) =>
        snapshot.Gone.OrderBy(type => (int)type.Key)
            .SelectMany(type => type.Value.Select(name => new ResourceName(type.Key, name)));

    private static bool IsGone(Snapshot snapshot, ResourceName name) =>
        snapshot.Gone.TryGetValue(name.Type, out var names) && names.Contains(name.Name);

    private sealed class Writer(string proxy, Generation from, Generation to)
    {
        private readonly List<ManifestPage> _pages = [];
        private int _room;

        public void Upsert(SnapshotResource resource)
        {
            var entry = resource.ToWire();
            Page(entry).Upserts.Add(entry);
        }

        public void Removed(ResourceName name)
        {
            var wire = name.ToWire();
            Page(wire).Removed.Add(wire);
        }

        public void Gone(ResourceName name)
        {
            var wire = name.ToWire();
            Page(wire).Gone.Add(wire);
        }

        public void Returned(ResourceName name)
        {
            var wire = name.ToWire();
            Page(wire).Returned.Add(wire);
        }

        public ImmutableArray<ManifestPage> Finish()
        {
            if (_pages.Count == 0) NewPage();
            foreach (var page in _pages) page.Pages = _pages.Count;
            return [.. _pages];
        }

        private ManifestPage Page(IMessage line)
        {
            // Tag and length of a line in its page.
            var size = line.CalculateSize() + 4;
            if (_pages.Count == 0 || size > _room) NewPage();
            _room -= size;
            return _pages[^1];
        }

        private void NewPage()
        {
            _pages.Add(new ManifestPage
            {
                Proxy = proxy,
                Base = from.ToWire(),
                Generation = to.ToWire(),
                Page = _pages.Count,
            });
            _room = PageBytes;
        }
    }
}
