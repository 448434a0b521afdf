namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Who claims which domain within a group. Almost every domain has one claimant, so lists are the exception.
/// </summary>
internal sealed class DomainClaims
{
    private static readonly Comparer<HostMember> Precedence = Comparer<HostMember>.Create(
        static (a, b) => ReferenceEquals(a, b) ? 0 : a.IsBefore(b) ? -1 : 1);

    private readonly Dictionary<string, object> _claims = new(StringComparer.Ordinal);

    /// <summary>Domains with more than one claimant, in order.</summary>
    public SortedSet<string> Contested { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a member's claims; those whose outcome may be another now are noted.</summary>
    public void Add(HostMember member, HashSet<HostMember> unsettled)
    {
        foreach (var domain in member.Piece.Claims)
        {
            if (!_claims.TryGetValue(domain, out var present))
            {
                _claims[domain] = member;
                continue;
            }

            var all = present as List<HostMember>;
            if (all is null) _claims[domain] = all = [(HostMember)present];
            var winner = all[0];
            all.Insert(~all.BinarySearch(member, Precedence), member);
            Contested.Add(domain);
            unsettled.Add(member);
            Note(all, winner, unsettled);
        }
    }

    /// <summary>Takes a member's claims away.</summary>
    public void Remove(HostMember member, HashSet<HostMember> unsettled)
    {
        foreach (var domain in member.Piece.Claims)
        {
            if (_claims[domain] is not List<HostMember> all)
            {
                _claims.Remove(domain);
                continue;
            }

            var winner = all[0];
            all.RemoveAt(all.BinarySearch(member, Precedence));
            Note(all, winner, unsettled);
            if (all.Count > 1) continue;
            _claims[domain] = all[0];
            Contested.Remove(domain);
        }

        unsettled.Remove(member);
    }

    /// <summary>Everybody who claims a contested domain, the one who keeps it first.</summary>
    public IReadOnlyList<HostMember> Claimants(string domain) => (List<HostMember>)_claims[domain];

    /// <summary>The winner speaks of the others; they speak of the winner.</summary>
    private static void Note(List<HostMember> all, HostMember winner, HashSet<HostMember> unsettled)
    {
        if (ReferenceEquals(all[0], winner)) unsettled.Add(winner);
        else unsettled.UnionWith(all);
    }
}
