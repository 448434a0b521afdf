using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>The reports of one Proxy's inputs, kept in step with changes.</summary>
internal sealed class ProxyReports
{
    private readonly ReportSection _gateways = new();
    private readonly ReportSection _tables = new();
    private readonly ReportSection _services = new();
    private bool _hadTableRemarks;

    /// <summary>The reports after a round, ordered by key.</summary>
    public ImmutableArray<ResourceReport> Follow(
        GatewayInputs inputs, IReadOnlyList<GatewayUnit> units, BindConflicts binds, UpdateRound round, bool all)
    {
        FollowGateways(inputs.Gateways.Items, units, binds);
        FollowTables(inputs.RouteTables.Items, units);
        FollowServices(inputs.VirtualServices.Items, units, round, all);
        var (gateways, tables, services) = (_gateways.Reports, _tables.Reports, _services.Reports);
        var result = new ResourceReport[gateways.Length + tables.Length + services.Length];
        gateways.CopyTo(result, 0);
        tables.CopyTo(result, gateways.Length);
        services.CopyTo(result, gateways.Length + tables.Length);
        return ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

    private void FollowGateways(Resource[] items, IReadOnlyList<GatewayUnit> units, BindConflicts binds)
    {
        _gateways.Follow(items);
        var said = units.ToDictionary(unit => unit.Gateway.Key, unit => unit.Remarks);
        foreach (var (key, remark) in binds.Remarks) said[key] = said[key].Add(remark);
        for (var i = 0; i < items.Length; i++) _gateways.Set(i, said.GetValueOrDefault(items[i].Key, []));
    }

    private void FollowTables(Resource[] items, IReadOnlyList<GatewayUnit> units)
    {
        _tables.Follow(items);
        var groups = units.SelectMany(unit => unit.Sets).SelectMany(set => set.Groups)
            .Where(group => group.TableRemarks > 0).ToList();
        if (groups.Count == 0 && !_hadTableRemarks) return;
        var said = new Dictionary<ResourceKey, OrderedSet<Diagnostic>>();
        foreach (var member in groups.SelectMany(group => group.Members))
        {
            foreach (var (table, diagnostic) in member.Piece.OfTables)
            {
                if (!said.TryGetValue(table, out var list)) said[table] = list = new OrderedSet<Diagnostic>();
                list.Add(diagnostic);
            }
        }

        for (var i = 0; i < items.Length; i++)
            _tables.Set(i, said.TryGetValue(items[i].Key, out var list) ? list.ToImmutable() : []);
        _hadTableRemarks = groups.Count > 0;
    }

    private void FollowServices(
        Resource[] items, IReadOnlyList<GatewayUnit> units, UpdateRound round, bool all)
    {
        _services.Follow(items);
        if (all)
        {
            for (var i = 0; i < items.Length; i++) _services.Set(i, OfService(items[i].Key, units));
            return;
        }

        foreach (var change in round.Changes)
        {
            if (change.After is not null) _services.Set(change.Key, OfService(change.Key, units));
        }

        foreach (var key in round.Touched) _services.Set(key, OfService(key, units));
    }

    /// <summary>What all parts of all Gateways say, each thing once.</summary>
    private static ImmutableArray<Diagnostic> OfService(in ResourceKey key, IReadOnlyList<GatewayUnit> units)
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
        if (single is null) return [];
        return single.Conflicts.IsEmpty
            ? single.Piece.Diagnostics
            : single.Piece.Diagnostics.AddRange(single.Conflicts);
    }
}
