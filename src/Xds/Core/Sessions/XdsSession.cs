using System.Collections.Immutable;

namespace Stagedoor.Xds.Sessions;

/// <summary>
/// What one stream of one client is to be told next: a pure state machine. Whoever owns the stream tells it what the
/// client said, which snapshot is current and what time it is, and writes what it returns, one response after the
/// other. It has no queue: <see cref="Next"/> always speaks of the newest snapshot.
/// </summary>
public abstract class XdsSession
{
    private readonly TypeTracker[] _trackers = new TypeTracker[XdsTypes.Count];
    private readonly LeavingClusters _leaving;
    private readonly WarmingClusters _warming;
    private ImmutableSortedDictionary<XdsType, NodeTypeStatus> _reported =
        ImmutableSortedDictionary<XdsType, NodeTypeStatus>.Empty;

    private Generation _clientGeneration;
    private SentResponse? _writing;
    private long _nonce;

    private protected XdsSession(SessionOptions options, Func<XdsType, TypeTracker> newTracker)
    {
        Options = options;
        _leaving = new LeavingClusters(options.RemovalLinger);
        _warming = new WarmingClusters(options.WarmingWait);
        foreach (var type in XdsTypes.WireOrder) _trackers[(int)type] = newTracker(type);
    }

    /// <summary>The snapshot that the session speaks of; null before the first.</summary>
    public Snapshot? Snapshot { get; private set; }

    /// <summary>
    /// Whether the client named a newer generation than this server has: then it is told nothing until the server has
    /// caught up (rule I1).
    /// </summary>
    public bool IsClientAhead => Snapshot is not null && Snapshot.Generation < _clientGeneration;

    /// <summary>The newest generation that the client named.</summary>
    public Generation ClientGeneration => _clientGeneration;

    /// <summary>
    /// When <see cref="Next"/> is to be asked again though nothing happened; null: only when something happens. Right
    /// after <see cref="Next"/> returned null.
    /// </summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>When the oldest response that has no answer was written; null: all are answered.</summary>
    public DateTimeOffset? UnansweredSince
    {
        get
        {
            DateTimeOffset? oldest = null;
            foreach (var type in XdsTypes.WireOrder)
            {
                if (Tracker(type).Unanswered is [var first, ..] && !(oldest <= first.At)) oldest = first.At;
            }

            return oldest;
        }
    }

    /// <summary>What was known of the client when the stream began.</summary>
    private protected virtual ClientMemory Earlier => ClientMemory.Empty;

    private protected SessionOptions Options { get; }

    private protected LeavingClusters LeavingClusters => _leaving;

    /// <summary>Moves on to a snapshot; one that is not newer is ignored.</summary>
    public void Observe(Snapshot? snapshot)
    {
        if (snapshot is null || ReferenceEquals(snapshot, Snapshot)) return;
        if (Snapshot is not null && snapshot.Generation <= Snapshot.Generation) return;
        var seen = Snapshot?.Generation ?? Generation.None;
        Snapshot = snapshot;
        foreach (var type in XdsTypes.WireOrder)
        {
            var tracker = Tracker(type);
            if (!tracker.Requested) continue;
            if (tracker.IsBegun)
            {
                Follow(tracker, snapshot, seen);
            }
            else
            {
                tracker.MoveTo(snapshot.OfType(type));
                BeginIfPossible(tracker);
            }
        }
    }

    /// <summary>The response to write now; null: there is nothing to say before <see cref="WakeAt"/>.</summary>
    public XdsResponse? Next(DateTimeOffset now)
    {
        WakeAt = null;
        if (Snapshot is null || IsClientAhead) return null;
        ReleaseClusters(now);
        foreach (var type in XdsTypes.WireOrder)
        {
            var tracker = Tracker(type);
            if (!tracker.Requested) continue;
            if (tracker.HasWork)
            {
                var patience = type == XdsType.Cluster ? Options.ClusterPatience : Options.Patience;
                if (tracker.BlockedUntil(now, patience, Options.TrialPatience) is { } until) Wake(until);
                else if (Compose(tracker, now) is { } response) return response;
                else tracker.EndWave();
            }

            tracker.Settle(Snapshot.Generation);
        }

        return Beat(now);
    }

    /// <summary>The last response was handed to the transport: from now on its answer is waited for.</summary>
    public void Written(DateTimeOffset now)
    {
        if (_writing is not null) _writing.At = now;
        _writing = null;
    }

    /// <summary>Where the client stands, if that is not what the last call returned.</summary>
    public ImmutableSortedDictionary<XdsType, NodeTypeStatus>? TakeStatus()
    {
        var status = _trackers.Where(tracker => tracker is { Requested: true }).ToImmutableSortedDictionary(
            tracker => tracker.Type,
            tracker => new NodeTypeStatus(tracker.Offered, tracker.Acknowledged, tracker.Rejection));
        if (status.SequenceEqual(_reported)) return null;
        return _reported = status;
    }

    /// <summary>What is to be known of the client when it comes back.</summary>
    public ClientMemory Remember()
    {
        var types = ImmutableDictionary.CreateBuilder<XdsType, TypeMemory>();
        foreach (var type in XdsTypes.WireOrder)
        {
            var memory = TypeMemory.Join(
                Tracker(type).Remember(), Tracker(type).Requested ? null : Earlier.OfType(type));
            if (memory is not null) types[type] = memory;
        }

        return types.Count == 0 ? ClientMemory.Empty : new ClientMemory(types.ToImmutable());
    }

    /// <summary>
    /// Where the client stands with every resource that it wants, in wire order of types; at most
    /// <paramref name="limit"/> of them and one more.
    /// </summary>
    public IReadOnlyList<ResourceStatus> Describe(int limit) =>
    [
        .. XdsTypes.WireOrder.Select(Tracker).Where(tracker => tracker.Requested)
            .SelectMany(tracker => tracker.Describe()).Take(limit + 1),
    ];

    private protected TypeTracker Tracker(XdsType type) => _trackers[(int)type];

    /// <summary>What of a type with work can be said now.</summary>
    private protected abstract XdsResponse? Compose(TypeTracker tracker, DateTimeOffset now);

    /// <summary>What keeps resources with a time to live alive, if it is time; null: nothing.</summary>
    private protected virtual XdsResponse? Beat(DateTimeOffset now) => null;

    /// <summary>
    /// The first snapshot is there that is not older than what the client has: the client is compared with it.
    /// </summary>
    private protected abstract void Begin(TypeTracker tracker);

    /// <summary>A type is asked for the first time on this stream.</summary>
    private protected void Start(TypeTracker tracker)
    {
        tracker.Requested = true;
        if (Snapshot is not null) tracker.MoveTo(Snapshot.OfType(tracker.Type));
    }

    /// <summary>Compares the client with the snapshot, if there is one that may be shown to it.</summary>
    private protected void BeginIfPossible(TypeTracker tracker)
    {
        if (Snapshot is null || IsClientAhead) return;
        tracker.IsBegun = true;
        Begin(tracker);
    }

    /// <summary>A client says on a new stream that it has content of this generation.</summary>
    private protected void ClientHas(Generation generation)
    {
        if (_clientGeneration < generation) _clientGeneration = generation;
    }

    /// <summary>Takes the client's answer to a response.</summary>
    private protected void Answer(TypeTracker tracker, string nonce, string? error, DateTimeOffset now)
    {
        if (tracker.Answer(nonce, error, now) is not { } answer || tracker.Type != XdsType.Cluster) return;
        _warming.Answered(answer.Order);
        foreach (var content in answer.Doubtful)
        {
            if (_leaving.Replace(content, content.Predecessor))
                tracker.Put(content.Name, new Deviation(Holding.Unknown, null));
        }
    }

    /// <summary>
    /// Whether content must not be sent yet, because a cluster that it refers to was not offered yet, or is on its way
    /// and warms slowly.
    /// </summary>
    private protected bool MustWait(SnapshotResource content, DateTimeOffset now)
    {
        if (content.Resource.Refs.Clusters.IsEmpty) return false;
        var clusters = Tracker(XdsType.Cluster);
        if (clusters.Requested && clusters.OwesClusterOf(content)) return true;
        if (_warming.WaitFor(content, now) is not { } until) return false;
        Wake(until);
        return true;
    }

    /// <summary>Makes a response of what was composed, and of the endpoints what must follow it.</summary>
    private protected XdsResponse Send(
        TypeTracker tracker, IReadOnlyList<SentItem> items, DateTimeOffset now, Func<string, XdsResponse> respond)
    {
        var nonce = Nonces.Of(++_nonce);
        var response = respond(nonce);
        var sent = new SentResponse { Set = tracker.IsWholeSet ? response.Resources : [] };
        sent.Reset(nonce, tracker.Order + 1, Snapshot!.Generation, items, now);
        tracker.Sent(sent);
        _writing = sent;
        if (tracker.Type == XdsType.Cluster) ClustersSent(tracker, sent, now);
        return response;
    }

    /// <summary>
    /// Sends the step that all sessions share; null: it must be taken apart for this client. This is the path of every
    /// change to every client, and allocates nothing.
    /// </summary>
    private protected XdsResponse? SendStep(
        TypeTracker tracker, string version, bool isDelta, DateTimeOffset now, bool withTtl = false)
    {
        if (tracker.Step is not { } step || !FitsOneResponse(tracker.Type, step)) return null;
        for (var at = 0; at < step.Resources.Count; at++)
        {
            if (MustWait(step.Resources[at], now)) return null;
        }

        // The wait may have looked at it.
        if (tracker.Step is null) return null;
        var nonce = Nonces.Of(++_nonce);
        var sent = tracker.SentStep(nonce, Snapshot!.Generation, now);
        _writing = sent;
        if (tracker.Type == XdsType.Cluster) ClustersSent(tracker, sent, now);
        return new XdsResponse(tracker.Type, version, nonce, step.Resources)
        {
            IsDelta = isDelta,
            WithTtl = withTtl,
        };
    }

    private bool FitsOneResponse(XdsType type, SharedStep step)
    {
        if (step.Items.Count == 1) return true;
        if (type != XdsType.Listener && step.Bytes > Options.BatchBytes) return false;
        if (type != XdsType.RouteConfiguration) return true;
        for (var at = 0; at < step.Resources.Count; at++)
        {
            if (!step.Resources[at].Acknowledged) return false;
        }

        return true;
    }

    private void Follow(TypeTracker tracker, Snapshot snapshot, Generation seen)
    {
        var before = tracker.Current;
        var now = snapshot.OfType(tracker.Type);
        if (ReferenceEquals(before, now)) return;
        var isKept = tracker.Type == XdsType.Cluster && !_leaving.IsEmpty;
        if (!isKept && snapshot.Lists.StepFrom(seen, tracker.Type) is { } step && tracker.TryFollow(step, now)) return;
        var names = snapshot.Lists.ChangedSince(tracker.Type, seen, before);
        tracker.MoveTo(now);
        foreach (var name in names)
        {
            var old = Holding.Of(before.GetValueOrDefault(name));
            if (tracker.Type == XdsType.Cluster && KeepsCluster(tracker, name, seen, ref old)) continue;
            tracker.Touch(name, old);
        }
    }

    // A cluster that disappears from the snapshot leaves later; one that comes back was never away.
    private bool KeepsCluster(TypeTracker tracker, string name, Generation seen, ref Holding old)
    {
        if (tracker.Current.ContainsKey(name))
        {
            if (_leaving.Return(name) is { } held) old = held;
            return false;
        }

        if (!tracker.Subscription.Contains(name)) return true;
        var deviation = tracker.Take(name) ?? new Deviation(old, old.Resource);
        if (deviation.Client is { Known: true, Resource: null }) return true;
        var resource = deviation.Client.Resource ?? deviation.Fallback;
        if (resource is not null || !tracker.IsWholeSet) _leaving.Add(name, resource, seen);
        else tracker.Put(name, new Deviation(Holding.Unknown, null));
        return true;
    }

    private void ReleaseClusters(DateTimeOffset now)
    {
        if (_leaving.IsEmpty) return;
        var clusters = Tracker(XdsType.Cluster);
        foreach (var cluster in _leaving.Expire(now, IsReferred))
            clusters.Put(cluster, new Deviation(Holding.Unknown, null));
        if (_leaving.NextAt is { } at) Wake(at);

        bool IsReferred(string name) =>
            Tracker(XdsType.Listener).MayStillReferTo(name)
            || Tracker(XdsType.RouteConfiguration).MayStillReferTo(name);
    }

    // Envoy warms an added or changed EDS cluster until its assignment is sent again, equal or not (envoy.md 0, rule
    // 1). A full set may be the first of which it takes what an unanswered one before brought, too.
    private void ClustersSent(TypeTracker clusters, SentResponse sent, DateTimeOffset now)
    {
        for (var at = 0; at < sent.Items.Count; at++)
        {
            if (sent.Items[at] is { Content: { } added, Before.Resource: null }) _warming.Added(added, sent.Order, now);
        }

        var endpoints = Tracker(XdsType.ClusterLoadAssignment);
        if (!clusters.IsWholeSet) ResendEndpoints(clusters, endpoints, sent);
        else foreach (var response in clusters.Unanswered) ResendEndpoints(clusters, endpoints, response);
        if (endpoints.Step is not null || endpoints.Pending.Count > 0) endpoints.Hurry();
    }

    private static void ResendEndpoints(TypeTracker clusters, TypeTracker endpoints, SentResponse response)
    {
        for (var at = 0; at < response.Items.Count; at++)
        {
            var item = response.Items[at];
            if (item.Content is { } content && !item.Before.Is(content)) ResendEndpoints(clusters, endpoints, content);
        }
    }

    private static void ResendEndpoints(TypeTracker clusters, TypeTracker endpoints, SnapshotResource cluster)
    {
        foreach (var name in cluster.Resource.Refs.Assignments)
        {
            // Whenever the client asks for it, also on its next stream, it needs it, though it may have an equal one.
            if (!clusters.IsWholeSet) endpoints.Doubt(name);
            if (!endpoints.Requested || !endpoints.Current.ContainsKey(name)) continue;
            if (clusters.Subscription.Wildcard || endpoints.Subscription.Contains(name)) endpoints.Resend(name);
        }
    }

    private protected void Wake(DateTimeOffset at)
    {
        if (WakeAt is null || at < WakeAt) WakeAt = at;
    }
}
