using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>
/// What all sessions of a snapshot need and only the first computes: the list of a type in order, its hash, and what
/// changed since the snapshots that the sessions had before.
/// </summary>
internal sealed class SnapshotLists(Snapshot snapshot)
{
    private readonly PerType[] _types = new PerType[XdsTypes.Count];
    private string? _version;
    private Generation? _stepFrom;

    /// <summary>Whose lists they are.</summary>
    public Snapshot Snapshot => snapshot;

    /// <summary><c>system_version_info</c>.</summary>
    public string Version => _version ??= snapshot.Generation == Generation.None
        ? Xds.TypeVersion.Unversioned
        : snapshot.Generation.ToString();

    /// <summary><c>version_info</c> of a type's list as it stands in the snapshot.</summary>
    public string TypeVersion(XdsType type)
    {
        var entry = Of(type);
        return entry.Version ??= new TypeVersion(snapshot.Generation, entry.Hash).ToString();
    }

    /// <summary>What changed with this snapshot and the last ones before it.</summary>
    public ChangeLog Log { get; private set; } = ChangeLog.Empty;

    /// <summary>The resources of a type in ordinal order of names.</summary>
    public ImmutableArray<SnapshotResource> Items(XdsType type) => Of(type).Items;

    /// <summary>The hash of that list.</summary>
    public ListHash Hash(XdsType type) => Of(type).Hash;

    /// <summary>The resources of a type that have a time to live.</summary>
    public ImmutableArray<SnapshotResource> Mortal(XdsType type)
    {
        var entry = Of(type);
        return (entry.Mortal ??= new Resources([.. entry.Items.Where(IsMortal)])).Items;
    }

    /// <summary>
    /// What a session sends that had the snapshot of this generation and is in step with it; null: it must see for
    /// itself.
    /// </summary>
    public SharedStep? StepFrom(Generation seen, XdsType type) => seen == _stepFrom ? Of(type).Step : null;

    /// <summary>The whole of a type for a client that has nothing, in responses of a size.</summary>
    public ImmutableArray<SharedStep> Whole(XdsType type, int batchBytes)
    {
        var entry = Of(type);
        if (entry.Whole is { } whole && whole.BatchBytes == batchBytes) return whole.Steps;
        var steps = SharedStep.Whole(entry.Items, batchBytes);
        entry.Whole = new Batches(batchBytes, steps);
        return steps;
    }

    /// <summary>Names that were added, changed or removed since a generation.</summary>
    /// <param name="type">The type.</param>
    /// <param name="seen">The generation.</param>
    /// <param name="before">What it held.</param>
    public IEnumerable<string> ChangedSince(
        XdsType type, Generation seen, ImmutableSortedDictionary<string, SnapshotResource> before)
    {
        var now = snapshot.OfType(type);
        if (ReferenceEquals(now, before)) return [];
        if (Log.Since(type, seen) is { } logged) return logged;
        var entry = Of(type);
        var known = entry.Changes;
        if (known is not null && ReferenceEquals(known.Before, before)) return known.Names;
        var names = SnapshotDiff.Names(before, now);
        entry.Changes = new Changes(before, names);
        return names;
    }

    /// <summary>Takes over from the snapshot before what the difference leaves as it was.</summary>
    /// <param name="before">The snapshot before, on this node.</param>
    /// <param name="names">The changed names by type.</param>
    public void Follow(Snapshot before, ImmutableArray<string>[] names)
    {
        Log = before.Lists.Log.Add(before.Generation, names);
        _stepFrom = before.Generation;
        foreach (var type in XdsTypes.WireOrder)
        {
            var entry = Of(type);
            var changed = names[(int)type];
            entry.Step = changed.IsEmpty
                ? null
                : SharedStep.Of(changed, before.OfType(type), snapshot.OfType(type));
            var old = before.Lists.Of(type);
            // Where there is none, and none comes, nobody looks through the resources again.
            if (old.Mortal is { Items.IsEmpty: true } none
                && !changed.Any(name => snapshot.OfType(type).TryGetValue(name, out var now) && IsMortal(now)))
                entry.Mortal = none;
            if (old.KnownHash is { } hash)
                entry.KnownHash = hash.Exchange(changed, before.OfType(type), snapshot.OfType(type));
        }
    }

    private static bool IsMortal(SnapshotResource resource) => resource.Resource.Ttl is not null;

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
        private object? _hash;
        private Changes? _changes;

        public ImmutableArray<SnapshotResource> Items => _items.Value;

        public ListHash Hash => KnownHash ?? (KnownHash = ListHash.Of(resources.Values)).Value;

        /// <summary>The hash, if somebody has asked for it.</summary>
        public ListHash? KnownHash
        {
            get => (ListHash?)Volatile.Read(ref _hash);
            set => Volatile.Write(ref _hash, value);
        }

        public SharedStep? Step { get; set; }

        public string? Version { get; set; }

        public Batches? Whole { get; set; }

        public Resources? Mortal { get; set; }

        public Changes? Changes
        {
            get => Volatile.Read(ref _changes);
            set => Volatile.Write(ref _changes, value);
        }
    }

    private sealed record Resources(ImmutableArray<SnapshotResource> Items);

    private sealed record Batches(int BatchBytes, ImmutableArray<SharedStep> Steps);

    private sealed record Changes(
        ImmutableSortedDictionary<string, SnapshotResource> Before, ImmutableArray<string> Names);
}
