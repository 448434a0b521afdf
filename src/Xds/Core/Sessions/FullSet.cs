namespace Stagedoor.Xds.Sessions;

/// <summary>
/// The full set of a state-of-the-world LDS or CDS response. The predecessor of a rejected resource stands in it, so
/// that the next response is accepted (design 4, I6).
/// </summary>
internal static class FullSet
{
    /// <summary>
    /// What the next set brings anew: everything pending but what must be tried alone; or, when nothing else is
    /// pending, or the set would be empty without (<paramref name="tryNow"/>), one of those.
    /// </summary>
    public static SetPlan Plan(TypeTracker tracker, bool tryNow)
    {
        var items = new List<SentItem>(tracker.Pending.Count);
        string? trial = null;
        foreach (var (name, deviation) in tracker.Pending)
        {
            if (!deviation.Alone) items.Add(Item(tracker, name, deviation));
            else trial ??= name;
        }

        if (!tryNow && (items.Count > 0 || tracker.MustAnswer)) trial = null;
        if (trial is not null) items.Add(Item(tracker, trial, tracker.Pending[trial]));
        if (items.Count > 0 || tracker.MustAnswer) items.AddRange(StandIns(tracker, trial));
        return new SetPlan(items, trial);
    }

    /// <summary>The set itself, and the hash over it.</summary>
    public static (IReadOnlyList<SnapshotResource> Resources, ListHash Hash) Compose(
        Snapshot snapshot, TypeTracker tracker, string? trial, IEnumerable<SnapshotResource> leaving)
    {
        var replaced = Replaced(tracker, trial).ToList();
        if (tracker.Subscription.Wildcard && replaced.Count == 0 && !leaving.Any())
            return (snapshot.Lists.Items(tracker.Type), snapshot.Lists.Hash(tracker.Type));

        var set = new SortedDictionary<string, SnapshotResource>(StringComparer.Ordinal);
        foreach (var resource in Wanted(snapshot, tracker)) set[resource.Name] = resource;
        foreach (var resource in leaving.Where(resource => tracker.Subscription.Contains(resource.Name)))
            set.TryAdd(resource.Name, resource);
        foreach (var (name, deviation) in replaced)
        {
            var standIn = deviation.Client.Resource ?? deviation.Fallback;
            if (standIn is null) set.Remove(name);
            else set[name] = standIn;
        }

        return ([.. set.Values], ListHash.Of(set.Values));
    }

    /// <summary>Whether the snapshot has nothing of what the client wants.</summary>
    public static bool IsEmpty(Snapshot snapshot, TypeTracker tracker) => !Wanted(snapshot, tracker).Any();

    /// <summary>An entry for a kept resource that no client has accepted yet; null: one has.</summary>
    public static SentItem? Untested(SnapshotResource kept) =>
        kept.Acknowledged ? null : new SentItem(kept.Name, kept, Holding.Unknown, null, StandsIn: true);

    private static IEnumerable<KeyValuePair<string, Deviation>> Replaced(TypeTracker tracker, string? trial) =>
        tracker.Parked.Concat(tracker.Pending.Where(pair => pair.Value.Alone && pair.Key != trial));

    // What stands in for rejected content is news to a client of which it is unknown what it holds.
    private static IEnumerable<SentItem> StandIns(TypeTracker tracker, string? trial) =>
        Replaced(tracker, trial)
            .Where(pair => pair.Value is { Client.Known: false, Fallback: not null })
            .Select(pair => new SentItem(pair.Key, pair.Value.Fallback, Holding.Unknown, null, StandsIn: true));

    private static IEnumerable<SnapshotResource> Wanted(Snapshot snapshot, TypeTracker tracker) =>
        tracker.Subscription.Wildcard
            ? snapshot.Lists.Items(tracker.Type)
            : tracker.Subscription.Names.Select(name => tracker.Current.GetValueOrDefault(name))
                .OfType<SnapshotResource>();

    private static SentItem Item(TypeTracker tracker, string name, Deviation deviation) =>
        new(name, tracker.Current.GetValueOrDefault(name), deviation.Client,
            deviation.Client.Resource ?? deviation.Fallback);
}

/// <summary>What a full set brings anew.</summary>
/// <param name="Items">Entries that the client is to accept or reject by it.</param>
/// <param name="Trial">The one that is tried alone; null: none.</param>
internal sealed record SetPlan(IReadOnlyList<SentItem> Items, string? Trial);
