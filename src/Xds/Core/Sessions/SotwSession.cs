namespace Stagedoor.Xds.Sessions;

/// <summary>
/// A state-of-the-world stream, aggregated or of one type. LDS and CDS responses carry the full set; the other types'
/// carry what is new, since a name that is absent there is not removed (rule R18).
/// </summary>
/// <param name="options">Pace and limits.</param>
public sealed class SotwSession(SessionOptions options)
    : XdsSession(options, type => new TypeTracker(type, IsWholeSet(type), cumulative: true))
{
    /// <summary>Takes a request; what is returned, if not null, ends the stream.</summary>
    public SessionClose? Receive(SotwRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Type == XdsType.None) return null;
        if (SessionLimits.Check(request.Names, Options) is { } close) return close;
        var tracker = Tracker(request.Type);
        var isFirst = !tracker.Requested;
        if (isFirst) Start(tracker);
        if (tracker.LastNonce.Length == 0) Remember(tracker, request.VersionInfo);
        else if (request.Nonce.Length > 0) Answer(tracker, request.Nonce, request.Error, now);
        var isStale = tracker.LastNonce.Length > 0 && request.Nonce.Length > 0 && request.Nonce != tracker.LastNonce;
        if (!isStale) Subscribe(tracker, request.Names, isFirst);
        else if (tracker.Subscription.Retain(request.Names)) tracker.DropUnwanted();
        if (isFirst) BeginIfPossible(tracker);
        return null;
    }

    private protected override XdsResponse? Compose(TypeTracker tracker, DateTimeOffset now) =>
        IsWholeSet(tracker.Type)
            ? ComposeSet(tracker, now)
            : SendStep(tracker, Snapshot!.Lists.TypeVersion(tracker.Type), isDelta: false, now)
                ?? ComposeBatch(tracker, now);

    private protected override void Begin(TypeTracker tracker)
    {
        foreach (var name in tracker.Current.Keys.Where(tracker.Subscription.Contains)) tracker.Resend(name);
        tracker.Hurry();
    }

    private static bool IsWholeSet(XdsType type) => type is XdsType.Listener or XdsType.Cluster;

    private void Remember(TypeTracker tracker, string versionInfo)
    {
        tracker.OldState = versionInfo.Length > 0 ? OldState.Accepted : OldState.Unknown;
        if (!TypeVersion.TryParse(versionInfo, out var version)) return;
        ClientHas(version.Generation);
        tracker.ClientList = version;
    }

    private static void Subscribe(TypeTracker tracker, IReadOnlyList<string> names, bool isFirst)
    {
        var growth = tracker.Subscription.Replace(names);
        if (growth.Shrunk) tracker.DropUnwanted();
        if (growth.All)
        {
            foreach (var name in tracker.Current.Keys) tracker.Resend(name);
        }

        foreach (var name in growth.Names)
        {
            if (tracker.Current.ContainsKey(name)) tracker.Resend(name);
        }

        if (growth.All || growth.Names.Count > 0 || isFirst)
        {
            tracker.MustAnswer = IsWholeSet(tracker.Type);
            tracker.Hurry();
        }

        // An empty set is said to those who asked for something only.
        if (tracker.Subscription.IsEmpty) tracker.MustAnswer = false;
    }

    private XdsResponse? ComposeSet(TypeTracker tracker, DateTimeOffset now, bool tryNow = false)
    {
        if (tracker.Type == XdsType.Cluster && tracker.LastNonce.Length == 0) KeepDeparted(tracker);
        var plan = FullSet.Plan(tracker, tryNow);
        if (plan.Trial is not null && tracker.Unanswered.Count > 0
            && tracker.Unanswered[^1].At + Options.TrialPatience is var until && until > now)
        {
            Wake(until);
            return null;
        }

        if (plan.Items.Any(item => item.Content is { } content && MustWait(content, now))) return null;
        var leaving = tracker.Type == XdsType.Cluster ? LeavingClusters.Resources : [];
        var (resources, hash) = FullSet.Compose(Snapshot!, tracker, plan.Trial, leaving);
        // Everything is rejected and nothing stands in: an empty set would take from the client what it runs on (I2).
        if (resources.Count == 0 && !FullSet.IsEmpty(Snapshot!, tracker))
        {
            tracker.MustAnswer = false;
            return tryNow || !tracker.HasWork ? null : ComposeSet(tracker, now, tryNow: true);
        }

        var items = plan.Items;
        if (tracker.LastNonce.Length == 0) items = [.. items, .. leaving.Select(FullSet.Untested).OfType<SentItem>()];
        if (tracker.LastNonce.Length == 0 && tracker.ClientList?.Hash == hash)
            items = [.. items.Select(item => item with { Before = Holding.Of(item.Content) })];
        var keptFrom = tracker.Type == XdsType.Cluster ? LeavingClusters.KeptFrom : null;
        var version = new TypeVersion(Snapshot!.Generation, hash, keptFrom).ToString();
        return Send(tracker, items, now, nonce => new XdsResponse(tracker.Type, version, nonce, resources));
    }

    // A reconnected client may still route to clusters that disappeared while it was away.
    private void KeepDeparted(TypeTracker clusters)
    {
        if (clusters.ClientList is not { } list || list.Hash == Snapshot!.Lists.Hash(XdsType.Cluster)) return;
        var from = list.KeptFrom ?? list.Generation;
        foreach (var (name, departed) in Snapshot.Departed)
        {
            if (departed.At > from && clusters.Subscription.Contains(name))
                LeavingClusters.Add(name, departed.Resource, from);
        }
    }

    private XdsResponse? ComposeBatch(TypeTracker tracker, DateTimeOffset now)
    {
        var version = Snapshot!.Lists.TypeVersion(tracker.Type);
        var items = Batch.Take(tracker, Options.BatchBytes, content => MustWait(content, now), removals: false);
        if (items.Count == 0) return null;
        var resources = items.Select(item => item.Content!).ToArray();
        return Send(tracker, items, now, nonce => new XdsResponse(tracker.Type, version, nonce, resources));
    }
}
