using System.Collections.Immutable;

namespace Stagedoor.Xds.Sessions;

/// <summary>
/// Where one client stands with one type: what it wants, and in which names it differs from the snapshot. What agrees
/// takes no space here.
/// </summary>
/// <param name="type">The type.</param>
/// <param name="wholeSet">Whether each response carries the full set (LDS and CDS, state of the world).</param>
/// <param name="cumulative">Whether an answer also answers the responses before (state of the world).</param>
internal sealed partial class TypeTracker(XdsType type, bool wholeSet, bool cumulative)
{
    private const int MaxUnanswered = 64;
    private const int MaxDoubtful = 10_000;

    private readonly RejectedContent _rejected = new();
    private readonly List<SentResponse> _unanswered = [];
    private Dictionary<string, Deviation> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Deviation> _parked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _doubtful = new(StringComparer.Ordinal);
    private readonly HashSet<string> _afterTrial = new(StringComparer.Ordinal);
    private int _wave;
    private bool _trial;
    private bool _frozen;
    private SharedStep? _step;
    private ReadOnlyMemory<SharedStep> _nextSteps;
    private SentResponse? _spare;

    public XdsType Type => type;

    public bool IsWholeSet => wholeSet;

    public Subscription Subscription { get; } = new();

    /// <summary>Whether the client has asked for the type on this stream.</summary>
    public bool Requested { get; set; }

    /// <summary>Whether the client was compared with a first snapshot.</summary>
    public bool IsBegun { get; set; }

    /// <summary>
    /// Whether a response is due whatever it contains (first answer on the stream, names added to a full set).
    /// </summary>
    public bool MustAnswer { get; set; }

    /// <summary>Nonce of the last response.</summary>
    public string LastNonce { get; private set; } = "";

    /// <summary>How many responses were sent.</summary>
    public int Order { get; private set; }

    /// <summary>The list that a reconnecting client said it has; null when unknown.</summary>
    public TypeVersion? ClientList { get; set; }

    /// <summary>Delta: the contents that a reconnecting client said it has, until they are compared.</summary>
    public Dictionary<string, ResourceHash?>? ClientVersions { get; set; }

    /// <summary>When heartbeats are due; null: not known yet.</summary>
    public DateTimeOffset? BeatAt { get; set; }

    /// <summary>What the client brought from another stream, until it accepts a first full set.</summary>
    public OldState OldState { get; set; }

    /// <summary>The resources of the snapshot that the client is to have.</summary>
    public ImmutableSortedDictionary<string, SnapshotResource> Current { get; private set; } =
        ImmutableSortedDictionary<string, SnapshotResource>.Empty;

    /// <summary>Newest generation that was offered completely.</summary>
    public Generation Offered { get; private set; }

    /// <summary>Newest generation that was accepted.</summary>
    public Generation Acknowledged { get; private set; }

    /// <summary>The last NACK, while something rejected is current.</summary>
    public NodeRejection? Rejection { get; private set; }

    /// <summary>Names in which the client is to be brought up to date.</summary>
    public IReadOnlyDictionary<string, Deviation> Pending => Open;

    /// <summary>
    /// What is to be sent, if it is nothing but the last change of the snapshot; <see cref="Pending"/> resolves it.
    /// </summary>
    public SharedStep? Step => _step;

    /// <summary>Names whose current content the client has rejected.</summary>
    public IReadOnlyDictionary<string, Deviation> Parked => _parked;

    public IReadOnlyList<SentResponse> Unanswered => _unanswered;

    public bool HasWork => !_frozen && (MustAnswer || _pending.Count > 0 || _step is not null);

    private Dictionary<string, Deviation> Open
    {
        get
        {
            while (_step is { } step)
            {
                var rest = _nextSteps;
                (_step, _nextSteps) = (null, default);
                foreach (var item in step.Items) Touch(item.Name, item.Before);
                if (!rest.IsEmpty) (_step, _nextSteps) = (rest.Span[0], rest[1..]);
            }

            return _pending;
        }
    }

    /// <summary>When the next response may be written; null: now.</summary>
    public DateTimeOffset? BlockedUntil(DateTimeOffset now, TimeSpan patience, TimeSpan trialPatience)
    {
        if (MustAnswer || _wave > 0 || _unanswered.Count == 0) return null;
        var until = _unanswered[^1].At + (_trial ? trialPatience : patience);
        return until <= now ? null : until;
    }

    /// <summary>Moves on to the next snapshot.</summary>
    public void MoveTo(ImmutableSortedDictionary<string, SnapshotResource> resources)
    {
        _ = Open;
        Current = resources;
    }

    /// <summary>
    /// Moves on to the next snapshot by the step that all who are in step with the one before share; false: this client
    /// is not.
    /// </summary>
    public bool TryFollow(SharedStep step, ImmutableSortedDictionary<string, SnapshotResource> resources)
    {
        if (wholeSet || MustAnswer || _frozen || _step is not null || !_rejected.IsEmpty
            || _pending.Count > 0 || _parked.Count > 0 || !Subscription.ContainsAll(step.Items))
            return false;
        Current = resources;
        _step = step;
        return true;
    }

    /// <summary>
    /// Begins with the steps that all who have nothing share; false: this client is not one of them.
    /// </summary>
    public bool TryBegin(ReadOnlyMemory<SharedStep> steps)
    {
        if (steps.IsEmpty || !_rejected.IsEmpty || _doubtful.Count > 0 || _pending.Count > 0 || _parked.Count > 0)
            return false;
        (_step, _nextSteps) = (steps.Span[0], steps[1..]);
        return true;
    }

    /// <summary>
    /// Takes note that the content under a name has changed; <paramref name="held"/> is what the client holds if
    /// nothing else is known of it.
    /// </summary>
    public void Touch(string name, Holding held)
    {
        if (!Subscription.Contains(name)) return;
        var now = Current.GetValueOrDefault(name);
        var deviation = Take(name) ?? new Deviation(held, held.Resource);
        if (deviation.Client.Is(now)) return;
        if (now is not null && _rejected.Has(now)) _parked[name] = deviation with { Alone = false };
        else _pending[name] = deviation with { Alone = false };
        if (_frozen) _frozen = HasSpent();
    }

    /// <summary>
    /// Sends this name whatever the client holds, unless it has rejected the content; if that is just offered once more
    /// after a rejection, then when it was accepted.
    /// </summary>
    public void Resend(string name)
    {
        if (Current.TryGetValue(name, out var content))
        {
            if (_rejected.Has(content)) return;
            if (IsOnTrial(content))
            {
                _afterTrial.Add(name);
                return;
            }
        }

        Open[name] = Open.GetValueOrDefault(name) with { Client = Holding.Unknown };
    }

    /// <summary>Sends what is pending without waiting for answers.</summary>
    public void Hurry() => _wave = wholeSet ? 0 : _step is null ? _pending.Count : 1 + _nextSteps.Length;

    /// <summary>Takes a name out of what is to be sent.</summary>
    public Deviation? Take(string name)
    {
        if (Open.Remove(name, out var pending)) return pending;
        return _parked.Remove(name, out var parked) ? parked : null;
    }

    /// <summary>Puts a name among what is to be sent.</summary>
    public void Put(string name, Deviation deviation) => Open[name] = deviation;

    /// <summary>Forgets names that the client does not want any more.</summary>
    public void DropUnwanted()
    {
        foreach (var name in Open.Keys.Concat(_parked.Keys).Where(name => !Subscription.Contains(name)).ToArray())
            Take(name);
    }

    /// <summary>Notes that a response is on its way.</summary>
    public void Sent(SentResponse response)
    {
        if (_wave == 0) Hurry();
        _wave = Math.Max(0, _wave - response.Items.Count);
        foreach (var item in response.Items)
        {
            if (!item.StandsIn) _pending.Remove(item.Name);
            else Hold(item.Name, item.Content);
        }

        if (_pending.Count == 0)
        {
            _wave = 0;
            // A dictionary keeps the size that it had once.
            if (_pending.EnsureCapacity(0) > 16) _pending = new Dictionary<string, Deviation>(StringComparer.Ordinal);
            else _pending.Clear();
        }

        NoteSent(response);
    }

    /// <summary>Notes that the shared step is on its way; the response's record is one that is free again.</summary>
    public SentResponse SentStep(string nonce, Generation generation, DateTimeOffset now)
    {
        var response = _spare ?? new SentResponse();
        _spare = null;
        response.Reset(nonce, Order + 1, generation, _step!.Items, now);
        (_step, _nextSteps) = _nextSteps.IsEmpty ? (null, default) : (_nextSteps.Span[0], _nextSteps[1..]);
        _wave = Math.Max(0, _wave - 1);
        NoteSent(response);
        return response;
    }

    private void NoteSent(SentResponse response)
    {
        if (_unanswered.Count == MaxUnanswered) _unanswered.RemoveAt(0);
        _unanswered.Add(response);
        _trial = HasSuspectsUnderWay();
        Order = response.Order;
        LastNonce = response.Nonce;
        MustAnswer = false;
    }

    /// <summary>What is pending cannot be sent now: the next response waits for answers again.</summary>
    public void EndWave() => _wave = 0;

    /// <summary>Brings the generations for reports up to date.</summary>
    public void Settle(Generation generation)
    {
        if (!Requested || HasWork) return;
        Offered = generation;
        if (_unanswered.Count == 0 && _parked.Count == 0) Acknowledged = generation;
    }

    /// <summary>
    /// Takes an ACK or NACK (<paramref name="error"/> not null); null if it answers nothing that waits for an answer.
    /// </summary>
    public TypeAnswer? Answer(string nonce, string? error, DateTimeOffset now)
    {
        var at = 0;
        while (at < _unanswered.Count && _unanswered[at].Nonce != nonce) at++;
        if (at == _unanswered.Count) return null;
        var answered = _unanswered[at];
        if (error is null && !wholeSet && (!cumulative || at == 0)) return AcceptAt(at);
        _ = Open;
        var from = cumulative ? 0 : at;
        var items = Newest(_unanswered.GetRange(from, at - from + 1), answered.Order);
        _unanswered.RemoveRange(from, at - from + 1);
        var answer = Judge(answered, items, error, now);
        _trial = HasSuspectsUnderWay();
        return answer;
    }

    // The usual case, without a list of its own.
    private TypeAnswer AcceptAt(int at)
    {
        var answered = _unanswered[at];
        _unanswered.RemoveAt(at);
        OldState = OldState.None;
        for (var item = 0; item < answered.Items.Count; item++) Accept(answered.Items[item], answered.Order);
        if (Acknowledged < answered.Generation) Acknowledged = answered.Generation;
        if (_parked.Count == 0) Rejection = null;
        var answer = new TypeAnswer(answered.Order, []);
        answered.Clear();
        _spare = answered;
        return answer;
    }

    private TypeAnswer Judge(
        SentResponse answered, List<(SentItem Item, int Sends)> items, string? error, DateTimeOffset now)
    {
        if (error is null)
        {
            OldState = OldState.None;
            foreach (var (item, _) in items) Accept(item, answered.Order);
            if (Acknowledged < answered.Generation) Acknowledged = answered.Generation;
            if (_parked.Count == 0) Rejection = null;
            return new TypeAnswer(answered.Order, []);
        }

        var culprits = Doubt(items, error, answered.Order);
        var doubtful = items.Select(entry => entry.Item.Content).OfType<SnapshotResource>()
            .Where(content => !content.Acknowledged || culprits.Contains(content));
        // What the rejected set would have removed by absence is still there: once more, without the culprits.
        if (OldState != OldState.None && wholeSet && culprits.Count > 0 && _unanswered.Count == 0)
            (MustAnswer, OldState) = (true, OldState.None);
        Rejection = new NodeRejection(
            answered.Generation, NackText.Redact(error),
            [.. _parked.Keys.Union(culprits.Select(content => content.Name)).Order(StringComparer.Ordinal)], now);
        return new TypeAnswer(answered.Order, [.. doubtful]);
    }

    /// <summary>Where the client stands with what it wants.</summary>
    public IEnumerable<ResourceStatus> Describe()
    {
        var sent = _unanswered.SelectMany(response => response.Items).Select(item => item.Content)
            .OfType<SnapshotResource>().ToHashSet();
        foreach (var (name, resource) in Current)
        {
            if (!Subscription.Contains(name)) continue;
            var state = _parked.ContainsKey(name) ? DeliveryState.Rejected
                : Open.ContainsKey(name) || !IsBegun ? DeliveryState.NotSent
                : sent.Contains(resource) ? DeliveryState.Sent
                : DeliveryState.Accepted;
            yield return new ResourceStatus(resource, state, state == DeliveryState.Rejected ? Rejection : null);
        }
    }

    /// <summary>What is to be known of the client when it comes back; null: nothing.</summary>
    public TypeMemory? Remember()
    {
        if (_doubtful.Count == 0 && _unanswered.Count == 0 && !_rejected.All.Any()) return null;
        var doubtful = _doubtful.Keys.ToImmutableHashSet(StringComparer.Ordinal).ToBuilder();
        var unanswered = ImmutableDictionary.CreateBuilder<string, ResourceHash?>(StringComparer.Ordinal);
        foreach (var item in _unanswered.SelectMany(response => response.Items).TakeLast(MaxDoubtful))
        {
            // Of two contents, a client that names the second may have taken the first.
            if (unanswered.TryGetValue(item.Name, out var other) && other != item.Content?.Hash)
                doubtful.Add(item.Name);
            unanswered[item.Name] = item.Content?.Hash;
        }

        return new TypeMemory
        {
            Doubtful = doubtful.ToImmutable(),
            Unanswered = unanswered.ToImmutable(),
            Rejected = [.. _rejected.All],
        };
    }

    /// <summary>Takes over the contents that the client has rejected on earlier streams.</summary>
    public void Recall(TypeMemory memory)
    {
        foreach (var (name, hash) in memory.Rejected) _rejected.Reject(name, hash);
    }

    /// <summary>Notes that a reconnecting client needs this name, whatever it says it has.</summary>
    public void Doubt(string name) => Doubt(name, Order);

    /// <summary>Names of which nobody knows what the client holds, since a NACK.</summary>
    public IReadOnlyCollection<string> Doubtful => _doubtful.Keys;

    /// <summary>Whether nobody knows what the client holds under this name, since a NACK.</summary>
    public bool IsDoubtful(string name) => _doubtful.ContainsKey(name);

    /// <summary>
    /// Takes note of what a reconnecting client holds that differs from the snapshot; content that it has rejected is
    /// not sent.
    /// </summary>
    public void Found(string name, Holding client)
    {
        var deviation = new Deviation(client, null);
        if (Current.TryGetValue(name, out var content) && _rejected.Has(content)) _parked[name] = deviation;
        else Open[name] = deviation;
    }

    /// <summary>
    /// Whether the client may hold a content that refers to this cluster, though the snapshot's does not.
    /// </summary>
    public bool MayStillReferTo(string cluster) =>
        Requested
        && (Open.Values.Any(deviation => Refers(deviation.Client, deviation.Fallback, cluster))
            || _parked.Values.Any(deviation => Refers(deviation.Client, deviation.Fallback, cluster))
            || _unanswered.Any(response => response.Items.Any(item =>
                Refers(item.Before, item.Fallback, cluster)
                    || item.Content?.Resource.RefersToCluster(cluster) == true)));

    /// <summary>
    /// Whether this content refers to a cluster (this is the tracker of CDS) that the client cannot have: not offered
    /// yet, or about to be offered again.
    /// </summary>
    public bool OwesClusterOf(SnapshotResource content)
    {
        foreach (var (name, deviation) in Open)
        {
            var isNew = !deviation.Alone && deviation.Client.Resource is null
                && (deviation.Client.Known || (deviation.Fallback is null && !_frozen));
            if (isNew && content.Resource.RefersToCluster(name)) return true;
        }

        return false;
    }

    private static bool Refers(Holding client, SnapshotResource? fallback, string cluster) =>
        client.Known
            ? client.Resource?.Resource.RefersToCluster(cluster) == true
            : fallback is null || fallback.Resource.RefersToCluster(cluster);

    private void Doubt(string name, int order)
    {
        if (_doubtful.Count < MaxDoubtful) _doubtful[name] = order;
    }

    private void Hold(string name, SnapshotResource? content)
    {
        var deviations = _pending.ContainsKey(name) ? _pending : _parked;
        if (deviations.TryGetValue(name, out var deviation))
            deviations[name] = deviation with { Client = Holding.Of(content), Fallback = content };
    }

    private void Accept(SentItem item, int order)
    {
        item.Content?.Acknowledge();
        if (_doubtful.Count > 0 && _doubtful.TryGetValue(item.Name, out var since) && since < order)
        {
            _doubtful.Remove(item.Name);
            if (!wholeSet && item.Content is { } content) IsKnownAgain(item.Name, content);
        }

        if (_parked.Count > 0 && item.Content is { } accepted) Unpark(item.Name, accepted);
        _rejected.Clear(item.Name, item.Content);
        if (_afterTrial.Count > 0 && _afterTrial.Remove(item.Name)) Resend(item.Name);
    }

    private void Unpark(string name, SnapshotResource accepted)
    {
        if (Current.GetValueOrDefault(name)?.Hash != accepted.Hash || !_parked.Remove(name, out var parked)) return;
        // A later set may have taken it away again.
        if (wholeSet && _unanswered.Any(response => !response.Repeats(name, accepted)))
            _pending[name] = parked with { Client = Holding.Unknown };
    }
}

/// <summary>What an answer settled.</summary>
/// <param name="Order">Which response it answered.</param>
/// <param name="Doubtful">Contents that were rejected by it, alone or in company.</param>
internal readonly record struct TypeAnswer(int Order, IReadOnlyList<SnapshotResource> Doubtful);

/// <summary>What a client brought from another stream.</summary>
internal enum OldState
{
    /// <summary>Nothing, or it is replaced.</summary>
    None,

    /// <summary>It never accepted a full set: perhaps parts of some.</summary>
    Unknown,

    /// <summary>A full set that it accepted.</summary>
    Accepted,
}
