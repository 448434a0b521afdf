namespace Stagedoor.Xds.Sessions;

/// <content>What follows from a rejected response.</content>
internal sealed partial class TypeTracker
{
    // After a NACK every resource of the response counts as unknown (design 4).
    private List<SnapshotResource> Doubt(
        IReadOnlyCollection<(SentItem Item, int Sends)> items, string error, int order)
    {
        var culprits = Suspects.Culprits(
            [.. items.Select(entry => entry.Item.Content).OfType<SnapshotResource>()], _rejected.Has, error);
        var repeated = wholeSet && _unanswered.Count > 0;
        if (OldState == OldState.Accepted && wholeSet && culprits.Count == 0 && !repeated)
        {
            Freeze(items);
            return [];
        }

        // What another client has accepted need not go alone.
        var someAreFresh = items.Any(entry => entry.Item.Content is { Acknowledged: false });
        var rejected = new List<SnapshotResource>();
        foreach (var (item, sends) in items)
        {
            Doubt(item.Name, order);
            var isCulprit = item.Content is not null && culprits.Contains(item.Name);
            // A removal is nobody's fault: where there is a culprit, it goes again.
            var again = !isCulprit
                && (_rejected.Suspects(item.Name, item.Content, sends) || (item.Content is null && culprits.Count > 0));
            if (again && repeated && _unanswered[0].Repeats(item.Name, item.Content)) continue;
            var fallback = FallbackOf(item);
            if (!again && item.Content is not null)
            {
                _rejected.Reject(item.Content);
                if (isCulprit) rejected.Add(item.Content);
            }

            var isInnocent = someAreFresh && item.Content is not { Acknowledged: false };
            var alone = again && culprits.Count == 0 && !isInnocent;
            Reconsider(item, again, new Deviation(Holding.Unknown, fallback, alone));
        }

        // The next full set is on its way and repeats them: its answer tells.
        if (repeated) Repeat(items.Select(entry => entry.Item));
        return rejected;
    }

    // Nobody is named, and a smaller set would take away what the client has from its last stream, which nobody knows.
    // It keeps that until something of the type changes; after a second time, until each of these has changed.
    private void Freeze(IReadOnlyCollection<(SentItem Item, int Sends)> items)
    {
        var isUnchanged = _pending.Count == 0;
        foreach (var (item, sends) in items.Where(entry => !entry.Item.StandsIn))
        {
            _rejected.Suspects(item.Name, item.Content, sends);
            Reconsider(item, again: true, new Deviation(Holding.Unknown, FallbackOf(item)));
        }

        _frozen = isUnchanged || HasSpent();
    }

    // An earlier response was rejected, this one accepted: until a later one is, the client has its content.
    private void IsKnownAgain(string name, SnapshotResource content)
    {
        if (Open.TryGetValue(name, out var pending) && !pending.Client.Known)
            _pending[name] = pending with { Fallback = content };
        if (_parked.TryGetValue(name, out var parked) && !parked.Client.Known)
            _parked[name] = parked with { Fallback = content };
        foreach (var response in _unanswered.Where(response => response.Items.Any(IsUnknown)))
        {
            response.Items =
                [.. response.Items.Select(item => IsUnknown(item) ? item with { Fallback = content } : item)];
        }

        bool IsUnknown(SentItem item) => item.Name == name && !item.Before.Known;
    }

    private bool HasSpent() =>
        _pending.Keys.Any(name => Current.TryGetValue(name, out var content) && _rejected.IsSpent(content));

    // A full set repeats them, so that the next one must wait for the answer: at most two sends.
    private bool HasSuspectsUnderWay() =>
        wholeSet && _rejected.HasSuspects
        && _unanswered.Any(response =>
            response.Items.Any(item => item.Content is { } sent && _rejected.IsSuspect(sent)));

    /// <summary>Whether content that was rejected in company is under way once more.</summary>
    public bool IsOnTrial(SnapshotResource content) =>
        _rejected.IsSuspect(content)
        && _unanswered.Any(response => response.Items.Any(item => item.Content?.Hash == content.Hash));

    private void Repeat(IEnumerable<SentItem> items)
    {
        var next = _unanswered[0];
        var names = next.Items.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        next.Items =
        [
            .. next.Items,
            .. items.Where(item => !names.Contains(item.Name) && next.Repeats(item.Name, item.Content)),
        ];
    }

    private void Reconsider(SentItem item, bool again, Deviation deviation)
    {
        var target = Current.GetValueOrDefault(item.Name);
        if (target?.Hash == item.Content?.Hash)
        {
            Take(item.Name);
            if (again) _pending[item.Name] = deviation;
            else if (item.Content is not null) _parked[item.Name] = deviation;
        }
        else if (_pending.ContainsKey(item.Name))
        {
            _pending[item.Name] = deviation with { Alone = false };
        }
        else if (_parked.ContainsKey(item.Name))
        {
            _parked[item.Name] = deviation with { Alone = false };
        }
    }

    private SnapshotResource? FallbackOf(SentItem item) =>
        Usable(item.Fallback, item.Content) ?? Usable(item.Content?.Predecessor, item.Content);

    private SnapshotResource? Usable(SnapshotResource? fallback, SnapshotResource? instead) =>
        fallback is null || fallback.Hash == instead?.Hash || _rejected.Has(fallback) || _rejected.IsSuspect(fallback)
            ? null
            : fallback;

    // A full set repeats what is not answered yet, so that an item was sent with each response up to the answered one.
    private List<(SentItem Item, int Sends)> Newest(List<SentResponse> responses, int answered)
    {
        var newest = new Dictionary<string, (SentItem, int)>(StringComparer.Ordinal);
        foreach (var response in responses)
        {
            var sends = wholeSet ? answered - response.Order + 1 : 1;
            foreach (var item in response.Items) newest[item.Name] = (item, sends);
        }

        return [.. newest.Values];
    }
}
