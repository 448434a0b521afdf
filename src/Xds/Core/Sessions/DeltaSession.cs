namespace Stagedoor.Xds.Sessions;

/// <summary>
/// An incremental stream, aggregated or of one type: each response carries what changed, and the names of what is gone.
/// </summary>
/// <param name="options">Pace and limits.</param>
/// <param name="memory">What is known of the client from earlier streams.</param>
public sealed class DeltaSession(SessionOptions options, ClientMemory memory)
    : XdsSession(options, type => new TypeTracker(type, wholeSet: false, cumulative: false))
{
    /// <summary>Whether the client is told of times to live; those of others stay for ever.</summary>
    public bool SupportsTtl { get; init; }

    /// <summary>Takes a request; what is returned, if not null, ends the stream.</summary>
    public SessionClose? Receive(DeltaRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Type == XdsType.None) return null;
        var tracker = Tracker(request.Type);
        if (SessionLimits.Check(request.Subscribe, Options) is { } close) return close;
        if (SessionLimits.Check(request.Unsubscribe, Options) is { } tooMany) return tooMany;
        if (request.InitialVersions.Count > Options.MaxNames)
            return SessionLimits.TooMany(request.InitialVersions.Count, Options);
        if (request.Nonce.Length > 0) Answer(tracker, request.Nonce, request.Error, now);
        var isFirst = !tracker.Requested;
        if (isFirst) Start(tracker);
        var growth = tracker.Subscription.Change(request.Subscribe, request.Unsubscribe, isFirst);
        if (tracker.Subscription.Count > Options.MaxNames)
            return SessionLimits.TooMany(tracker.Subscription.Count, Options);
        if (isFirst) Remember(tracker, request.InitialVersions);
        else Widen(tracker, growth);
        if (growth.Shrunk) Narrow(tracker, request.Unsubscribe);
        return null;
    }

    private protected override ClientMemory Earlier => memory;

    private protected override XdsResponse? Compose(TypeTracker tracker, DateTimeOffset now) =>
        SendStep(tracker, Snapshot!.Lists.Version, isDelta: true, now, SupportsTtl) ?? ComposeOwn(tracker, now);

    private XdsResponse? ComposeOwn(TypeTracker tracker, DateTimeOffset now)
    {
        // A listener that is renamed on its address must change in one response.
        var bytes = tracker.Type == XdsType.Listener ? int.MaxValue : Options.BatchBytes;
        var items = Batch.Take(tracker, bytes, content => MustWait(content, now), removals: true);
        if (items.Count == 0 && !tracker.MustAnswer) return null;
        var resources = new List<SnapshotResource>(items.Count);
        var removed = new List<string>();
        foreach (var item in items)
        {
            if (item.Content is { } content) resources.Add(content);
            else removed.Add(item.Name);
        }

        var version = Snapshot!.Lists.Version;
        return Send(tracker, items, now, nonce =>
            new XdsResponse(tracker.Type, version, nonce, resources)
            {
                IsDelta = true,
                Removed = removed,
                WithTtl = SupportsTtl,
            });
    }

    // At half of the shortest time, so that one late heartbeat does no harm.
    private protected override XdsResponse? Beat(DateTimeOffset now)
    {
        if (!SupportsTtl) return null;
        foreach (var type in XdsTypes.WireOrder)
        {
            var tracker = Tracker(type);
            if (!tracker.IsBegun || Snapshot!.Lists.Mortal(type) is not { IsEmpty: false } mortal) continue;
            var period = mortal.Min(resource => resource.Resource.Ttl!.Value) / 2;
            var due = tracker.BeatAt ??= now + period;
            if (due > now)
            {
                Wake(due);
                continue;
            }

            tracker.BeatAt = now + period;
            Wake(now + period);
            var beats = mortal.Where(resource => tracker.Subscription.Contains(resource.Name)
                && !tracker.Pending.ContainsKey(resource.Name) && !tracker.Parked.ContainsKey(resource.Name)).ToArray();
            if (beats.Length == 0) continue;
            return Send(tracker, [], now, nonce =>
                new XdsResponse(type, Snapshot.Lists.Version, nonce, [])
                {
                    IsDelta = true,
                    WithTtl = true,
                    Heartbeats = beats,
                });
        }

        return null;
    }

    private protected override void Begin(TypeTracker tracker)
    {
        Compare(tracker, tracker.ClientVersions ?? []);
        tracker.ClientVersions = null;
        tracker.Hurry();
    }

    private void Remember(TypeTracker tracker, IReadOnlyDictionary<string, string> initialVersions)
    {
        var versions = new Dictionary<string, ResourceHash?>(initialVersions.Count, StringComparer.Ordinal);
        foreach (var (name, text) in initialVersions)
        {
            var isOurs = ResourceVersion.TryParse(text, out var version);
            if (isOurs) ClientHas(version.Since);
            versions[name] = isOurs ? version.Hash : null;
        }

        if (memory.OfType(tracker.Type) is { } known)
        {
            // A client without versions is perhaps another process: what an earlier one rejected may be right for it.
            if (versions.Count > 0) tracker.Recall(known);
            foreach (var name in known.Doubtful.Concat(known.Unanswered.Keys))
            {
                if (known.IsDoubtful(name, versions.GetValueOrDefault(name))) tracker.Doubt(name);
            }
        }

        tracker.ClientVersions = versions;
        tracker.MustAnswer = !tracker.Subscription.IsEmpty;
        BeginIfPossible(tracker);
    }

    private void Compare(TypeTracker tracker, Dictionary<string, ResourceHash?> versions)
    {
        if (!tracker.Subscription.Wildcard)
        {
            foreach (var name in tracker.Subscription.Names) Compare(tracker, name, versions);
            return;
        }

        var gone = Snapshot!.Gone.GetValueOrDefault(tracker.Type) ?? [];
        var hasNothing = versions.Count == 0 && tracker.Subscription.Count == 0
            && (gone.IsEmpty || tracker.Type == XdsType.Cluster);
        // A listener that is renamed on its address must change in one response.
        var bytes = tracker.Type == XdsType.Listener ? int.MaxValue : Options.BatchBytes;
        if (!hasNothing || !tracker.TryBegin(Snapshot.Lists.Whole(tracker.Type, bytes).AsMemory()))
        {
            foreach (var name in tracker.Current.Keys.Concat(tracker.Subscription.Names))
                Compare(tracker, name, versions);
        }

        // Also what it took of a response that it rejected is not in its versions (design 4).
        foreach (var name in versions.Keys.Concat(gone).Concat(tracker.Doubtful))
        {
            if (tracker.Current.ContainsKey(name)) continue;
            if (tracker.Type == XdsType.Cluster) LeavingClusters.Add(name, null, Generation.None);
            else tracker.Found(name, Holding.Unknown);
        }
    }

    private static void Compare(TypeTracker tracker, string name, Dictionary<string, ResourceHash?> versions)
    {
        var content = tracker.Current.GetValueOrDefault(name);
        var isListed = versions.TryGetValue(name, out var hash);
        var isDoubtful = tracker.IsDoubtful(name);
        if (isListed && content is not null && hash == content.Hash && !isDoubtful) return;
        var isNew = !isListed && content is not null && !isDoubtful;
        tracker.Found(name, isNew ? Holding.Nothing : Holding.Unknown);
    }

    private static void Widen(TypeTracker tracker, Growth growth)
    {
        if (growth.All)
        {
            foreach (var name in tracker.Current.Keys) tracker.Resend(name);
        }

        foreach (var name in growth.Names) tracker.Resend(name);
        if (growth.All || growth.Names.Count > 0) tracker.Hurry();
    }

    // A client that unsubscribes from a name while it wants all is told what it has of it (rule R13).
    private static void Narrow(TypeTracker tracker, IReadOnlyList<string> names)
    {
        tracker.DropUnwanted();
        if (!tracker.Subscription.Wildcard) return;
        foreach (var name in names.Where(name => name != "*")) tracker.Resend(name);
        tracker.Hurry();
    }
}
