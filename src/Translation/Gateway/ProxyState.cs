using Google.Protobuf.Collections;
using Solo.Core;
using Solo.Gloo;
using Stagedoor.Api;
using Edge = Solo.Gateway;

namespace Stagedoor.Translation.Gateway;

/// <summary>One Proxy followed from view to view.</summary>
internal sealed class ProxyState
{
    private readonly GatewayInputs _inputs = new();
    private readonly PieceStore _pieces;
    private readonly ProxyReports _reports = new();
    private List<GatewayUnit> _units = [];
    private Proxy? _object;
    private GatewayTranslation? _last;

    public ProxyState(ProxyId proxy, EdgeSettings settings)
    {
        Proxy = proxy;
        Settings = settings;
        _pieces = new PieceStore(new HostContext(_inputs, settings, proxy.Name));
    }

    public ProxyId Proxy { get; }

    public EdgeSettings Settings { get; }

    /// <summary>The Gateways of the Proxy, in snapshot order.</summary>
    public IReadOnlyList<GatewayUnit> Units => _units;

    public GatewayTranslation Advance(CatalogView view)
    {
        _inputs.Advance(view, Settings.Watched);
        if (_last is not null && !_inputs.HaveChanged) return _last;
        _last = Step();
        return _last;
    }

    private GatewayTranslation Step()
    {
        var round = new UpdateRound(_inputs, Settings, _pieces, Changes());
        var unitsChanged = FollowGateways();
        foreach (var unit in _units) unit.Update(round);
        if (unitsChanged) Retain();
        var binds = BindConflicts.Resolve(_units);
        Assemble(binds.Listeners);
        if (_units.Count == 0) return new GatewayTranslation(Proxy);
        return new GatewayTranslation(Proxy)
        {
            Proxy = _object,
            Reports = _reports.Follow(_units, binds, round, unitsChanged),
        };
    }

    /// <summary>The VirtualServices that changed, and those of whose RouteTables or options something did.</summary>
    private List<ResourceChange> Changes()
    {
        var services = _inputs.VirtualServices;
        var changes = new List<ResourceChange>(services.Changes);
        foreach (var service in _pieces.Drop(new ChangeSet(_inputs)))
        {
            if (ReferenceEquals(services.Find(service.Key.Namespace, service.Key.Name), service))
                changes.Add(new ResourceChange(service, service));
        }

        foreach (var change in services.Changes)
        {
            if (change.After is null) _pieces.Remove(change.Key);
        }

        return changes;
    }

    /// <summary>Keeps the units of Gateways that are as they were; whether any is not.</summary>
    private bool FollowGateways()
    {
        var matchables = _inputs.MatchableHttpGateways.Changes.Count + _inputs.MatchableTcpGateways.Changes.Count > 0;
        if (_inputs.Gateways.Changes.Count == 0 && !matchables) return false;
        var known = _units.ToDictionary(unit => unit.Gateway.Key);
        var units = new List<GatewayUnit>();
        var changed = false;
        foreach (var gateway in _inputs.Gateways.Items)
        {
            if (!Feeds(gateway)) continue;
            if (known.TryGetValue(gateway.Key, out var unit) && ReferenceEquals(unit.Gateway, gateway)
                && !(matchables && unit.IsDelegated))
            {
                units.Add(unit);
                continue;
            }

            units.Add(GatewayUnitBuilder.Build(gateway, Settings, _inputs));
            changed = true;
        }

        changed |= units.Count != _units.Count;
        _units = units;
        return changed;
    }

    private bool Feeds(Resource gateway) =>
        Settings.Enabled && Proxy.Namespace == Settings.WriteNamespace && Settings.Reads(gateway.Key)
        && ProxyNames.Of(gateway.As<Edge.Gateway>()).Contains(Proxy.Name);

    private void Retain()
    {
        var served = new HashSet<ResourceKey>();
        foreach (var set in _units.SelectMany(unit => unit.Sets))
        {
            foreach (var group in set.Groups) served.UnionWith(group.Members.Select(member => member.Key));
        }

        _pieces.Retain(served, [.. _units.Select(unit => unit.Gateway.Key.Name)]);
    }

    private void Assemble(List<Listener> listeners)
    {
        if (listeners.Count == 0)
        {
            _object = null;
            return;
        }

        if (_object is not null && Same(_object.Listeners, listeners)) return;
        var metadata = new Metadata { Name = Proxy.Name, Namespace = Proxy.Namespace };
        metadata.Labels[StoredProxies.CreatedBy] = StoredProxies.ByGateways;
        if (Settings.Compressed) metadata.Annotations[StoredProxies.Compress] = "true";
        _object = new Proxy { Metadata = metadata };
        _object.Listeners.AddRange(listeners);
    }

    private static bool Same(RepeatedField<Listener> before, List<Listener> now)
    {
        if (before.Count != now.Count) return false;
        for (var i = 0; i < now.Count; i++)
        {
            if (!ReferenceEquals(before[i], now[i])) return false;
        }

        return true;
    }
}
