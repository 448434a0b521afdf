using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The reports of what takes part in one Proxy, kept in step with changes: its Gateways, the VirtualServices that they
/// serve and the RouteTables that these delegate to.
/// </summary>
internal sealed class ProxyReports
{
    private readonly ReportSection _gateways = new();
    private readonly ReportSection _tables = new();
    private readonly ReportSection _services = new();
    private ImmutableArray<ResourceReport> _all = [];
    private bool _hadTableRemarks;

    /// <summary>The reports after a round, ordered by key; the same array if nothing is different.</summary>
    public ImmutableArray<ResourceReport> Follow(
        IReadOnlyList<GatewayUnit> units, BindConflicts binds, UpdateRound round, bool all)
    {
        var changed = FollowGateways(units, binds);
        if (all || units.Any(unit => unit.HasChanged)) changed |= FollowTables(units);
        changed |= FollowServices(units, round, all);
        if (!changed) return _all;
        var result = new ResourceReport[_gateways.Count + _tables.Count + _services.Count];
        _gateways.CopyTo(result, 0);
        _tables.CopyTo(result, _gateways.Count);
        _services.CopyTo(result, _gateways.Count + _tables.Count);
        return _all = ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

    private bool FollowGateways(IReadOnlyList<GatewayUnit> units, BindConflicts binds)
    {
        var said = units.ToDictionary(unit => unit.Gateway.Key, unit => unit.Remarks);
        foreach (var (key, remark) in binds.Remarks) said[key] = said[key].Add(remark);
        var changed = _gateways.Retain(said.Keys.ToHashSet());
        foreach (var (key, remarks) in said) changed |= _gateways.Set(key, remarks);
        return changed;
    }

    private bool FollowTables(IReadOnlyList<GatewayUnit> units)
    {
        var groups = units.SelectMany(unit => unit.Sets).SelectMany(set => set.Groups).ToList();
        var tables = groups.SelectMany(group => group.Tables).ToHashSet();
        var hasRemarks = groups.Exists(group => group.TableRemarks > 0);
        if (!hasRemarks && !_hadTableRemarks && _tables.Covers(tables)) return false;
        _hadTableRemarks = hasRemarks;
        var said = new Dictionary<ResourceKey, OrderedSet<Diagnostic>>();
        foreach (var member in groups.Where(group => group.TableRemarks > 0).SelectMany(group => group.Members))
        {
            foreach (var (table, diagnostic) in member.Piece.OfTables)
            {
                if (!said.TryGetValue(table, out var list)) said[table] = list = new OrderedSet<Diagnostic>();
                list.Add(diagnostic);
            }
        }

        var changed = _tables.Retain(tables);
        foreach (var table in tables.Order())
            changed |= _tables.Set(table, said.TryGetValue(table, out var list) ? list.ToImmutable() : []);
        return changed;
    }

    private bool FollowServices(IReadOnlyList<GatewayUnit> units, UpdateRound round, bool all)
    {
        var changed = false;
        if (all)
        {
            var served = units.SelectMany(unit => unit.Sets).SelectMany(set => set.Groups)
                .SelectMany(group => group.Members).Select(member => member.Key).ToHashSet();
            changed = _services.Retain(served);
            foreach (var key in served.Order()) changed |= Say(key, units);
            return changed;
        }

        foreach (var change in round.Changes) changed |= Say(change.Key, units);
        foreach (var key in round.Touched) changed |= Say(key, units);
        return changed;
    }

    private bool Say(in ResourceKey key, IReadOnlyList<GatewayUnit> units) =>
        OfService(key, units) is { } said ? _services.Set(key, said) : _services.Remove(key);

    /// <summary>What all parts of all Gateways say, each thing once; null if none serves it.</summary>
    private static ImmutableArray<Diagnostic>? OfService(in ResourceKey key, IReadOnlyList<GatewayUnit> units)
    {
        HostMember? single = null;
        OrderedSet<Diagnostic>? said = null;
        foreach (var unit in units)
        {
            foreach (var set in unit.Sets)
            {
                if (set.Find(key) is not { } member) continue;
                if (single is null)
                {
                    single = member;
                    continue;
                }

                said ??= new OrderedSet<Diagnostic>([.. single.Piece.Diagnostics, .. single.Conflicts]);
                said.AddRange(member.Piece.Diagnostics);
                said.AddRange(member.Conflicts);
            }
        }

        if (said is not null) return said.ToImmutable();
        if (single is null) return null;
        return single.Conflicts.IsEmpty
            ? single.Piece.Diagnostics
            : single.Piece.Diagnostics.AddRange(single.Conflicts);
    }
}
