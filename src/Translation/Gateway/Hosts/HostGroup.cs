using System.Collections.Immutable;
using Google.Protobuf;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The virtual hosts of one route configuration. A domain that several claim stays with the oldest; the others lose it,
/// and only it (rule I4).
/// </summary>
internal sealed class HostGroup
{
    private readonly List<HostMember> _members = [];
    private readonly DomainClaims _claims = new();
    private readonly Dictionary<ResourceKey, int> _tables = [];
    private readonly HashSet<HostMember> _unsettled = new(ReferenceEqualityComparer.Instance);

    /// <summary>What the members' sslConfigs have in common, and its place among the groups.</summary>
    public (string Order, ByteString Key) Key { get; init; } = ("", ByteString.Empty);

    /// <summary>The members in snapshot order.</summary>
    public IReadOnlyList<HostMember> Members => _members;

    /// <summary>Domains claimed more than once, in order.</summary>
    public IReadOnlyCollection<string> Contested => _claims.Contested;

    /// <summary>Whether anything changed since <see cref="Settle"/> was last called before this round.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>The RouteTables that routes of the members come from.</summary>
    public IReadOnlyCollection<ResourceKey> Tables => _tables.Keys;

    /// <summary>How many pieces have something to say of RouteTables.</summary>
    public int TableRemarks { get; private set; }

    /// <summary>The member of this VirtualService, or null.</summary>
    public HostMember? Find(in ResourceKey key)
    {
        var index = IndexOf(key);
        return index >= 0 ? _members[index] : null;
    }

    /// <summary>Adds or replaces a VirtualService.</summary>
    public void Put(VirtualHostPiece piece)
    {
        var index = IndexOf(piece.Source.Key);
        if (index >= 0)
        {
            if (ReferenceEquals(_members[index].Piece, piece)) return;
            Leave(_members[index]);
            _members[index] = new HostMember(piece);
        }
        else
        {
            index = ~index;
            _members.Insert(index, new HostMember(piece));
        }

        _claims.Add(_members[index], _unsettled);
        if (!piece.OfTables.IsEmpty) TableRemarks++;
        CountTables(piece, 1);
        HasChanged = true;
    }

    /// <summary>Removes a VirtualService.</summary>
    public void Remove(in ResourceKey key)
    {
        var index = IndexOf(key);
        if (index < 0) return;
        Leave(_members[index]);
        _members.RemoveAt(index);
        HasChanged = true;
    }

    /// <summary>Starts a round of changes.</summary>
    public void Begin() => HasChanged = false;

    /// <summary>Decides contested domains anew where claims changed; notes whose report may have changed.</summary>
    public void Settle(HashSet<ResourceKey> touched)
    {
        foreach (var member in _unsettled)
        {
            touched.Add(member.Key);
            HasChanged |= member.Lose(LostBy(member));
            member.Conflicts = DomainConflicts.Of(member, _claims);
        }

        _unsettled.Clear();
    }

    /// <summary>The virtual hosts in the order of their names.</summary>
    public List<VirtualHost> Hosts()
    {
        var hosts = new List<VirtualHost>(_members.Count);
        foreach (var (from, count) in Runs())
        {
            for (var i = from; i < from + count; i++)
            {
                if (_members[i].Host is { } host) hosts.Add(host);
            }
        }

        return hosts;
    }

    /// <summary>
    /// Stretches of members in the order of the names <c>namespace.name</c>. It is that of the snapshot, unless a
    /// namespace goes on with a dash where another ends.
    /// </summary>
    private List<(int From, int Count)> Runs()
    {
        var runs = new List<(int From, int Count)>();
        var sorted = true;
        var from = 0;
        for (var i = 1; i < _members.Count; i++)
        {
            var before = _members[i - 1].Key.Namespace;
            var after = _members[i].Key.Namespace;
            if (before == after) continue;
            runs.Add((from, i - from));
            from = i;
            sorted &= !(after.Length > before.Length && after[before.Length] < '.'
                && after.StartsWith(before, StringComparison.Ordinal));
        }

        if (_members.Count > 0) runs.Add((from, _members.Count - from));
        return sorted
            ? runs
            : [.. runs.OrderBy(run => _members[run.From].Key.Namespace + ".", StringComparer.Ordinal)];
    }

    private ImmutableArray<string> LostBy(HostMember member)
    {
        var lost = ImmutableArray.CreateBuilder<string>();
        foreach (var domain in member.Piece.Claims)
        {
            if (_claims.Contested.Contains(domain) && !ReferenceEquals(_claims.Claimants(domain)[0], member))
                lost.Add(domain);
        }

        return lost.ToImmutable();
    }

    private void Leave(HostMember member)
    {
        _claims.Remove(member, _unsettled);
        if (!member.Piece.OfTables.IsEmpty) TableRemarks--;
        CountTables(member.Piece, -1);
    }

    private void CountTables(VirtualHostPiece piece, int step)
    {
        foreach (var used in piece.Dependencies.Used)
        {
            if (!used.Key.Is(ResourceKinds.RouteTable)) continue;
            var count = _tables.GetValueOrDefault(used.Key) + step;
            if (count > 0) _tables[used.Key] = count;
            else _tables.Remove(used.Key);
        }
    }

    private int IndexOf(in ResourceKey key)
    {
        if (_members.Count == 0 || _members[^1].Key < key) return ~_members.Count;
        var low = 0;
        var high = _members.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = _members[middle].Key.CompareTo(key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
