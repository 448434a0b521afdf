using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>
/// What all sessions of a snapshot need and only the first computes: the list of a type in order, its hash, and which
/// names changed since the snapshot that most sessions had before.
/// </summary>
internal sealed class SnapshotLists(Snapshot snapshot)
{
    private readonly PerType[] _types = new PerType[XdsTypes.Count];

    /// <summary>Whose lists they are.</summary>
    public Snapshot Snapshot => snapshot;

    /// <summary>The resources of a type in ordinal order of names.</summary>
    public ImmutableArray<SnapshotResource> Items(XdsType type) => Of(type).Items;

    /// <summary>The hash of that list.</summary>
    public ListHash Hash(XdsType type) => Of(type).Hash;

    /// <summary>Names that were added, changed or removed since <paramref name="before"/>.</summary>
    public ImmutableArray<string> ChangedSince(
        XdsType type, ImmutableSortedDictionary<string, SnapshotResource> before)
    {
        var now = snapshot.OfType(type);
        if (ReferenceEquals(now, before)) return [];
        var entry = Of(type);
        var known = entry.Changes;
        if (known is not null && ReferenceEquals(known.Before, before)) return known.Names;
        var names = SnapshotDiff.Names(before, now);
        entry.Changes = new Changes(before, names);
        return names;
    }

    private PerType Of(XdsType type)
    {
        ref var slot = ref _types[(int)type];
        return Volatile.Read(ref slot) ?? Publish(ref slot, new PerType(snapshot.OfType(type)));
    }

    private static PerType Publish(ref PerType slot, PerType made) =>
        Interlocked.CompareExchange(ref slot!, made, null) ?? made;

    private sealed class PerType(ImmutableSortedDictionary<string, SnapshotResource> resources)
    {
        private readonly Lazy<ImmutableArray<SnapshotResource>> _items = new(() => [.. resources.Values]);
        private readonly Lazy<ListHash> _hash = new(() => ListHash.Of(resources.Values));
        private Changes? _changes;

        public ImmutableArray<SnapshotResource> Items => _items.Value;

        public ListHash Hash => _hash.Value;

        public Changes? Changes
        {
            get => Volatile.Read(ref _changes);
            set => Volatile.Write(ref _changes, value);
        }
    }

    private sealed record Changes(
        ImmutableSortedDictionary<string, SnapshotResource> Before, ImmutableArray<string> Names);
}
