using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Explain;

/// <summary>One Proxy translated from scratch, with what is needed to find objects in it again.</summary>
internal sealed class ExplainedProxy
{
    private readonly ImmutableDictionary<string, EncodedResource> _listeners;
    private readonly Dictionary<string, EnvoyRoute.RouteConfiguration> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<EnvoyRoute.RouteConfiguration, ILookup<string, EnvoyRoute.VirtualHost>> _hosts =
        new(ReferenceEqualityComparer.Instance);

    private readonly BindConflicts _binds;

    public ExplainedProxy(CatalogView view, ProxyId proxy, EdgeSettings settings)
    {
        var state = new ProxyState(proxy, settings);
        var gateway = StoredProxies.Apply(view, state.Advance(view));
        Id = proxy;
        Input = gateway.Proxy;
        Units = state.Units;
        _binds = BindConflicts.Resolve(state.Units);
        Translation = ProxyTranslator.Translate(view, proxy, gateway.Proxy, gateway.Reports, new TranslationMemo());
        _listeners = Translation.Resources.Where(resource => resource.Type == XdsType.Listener)
            .ToImmutableDictionary(resource => resource.Name);
    }

    /// <summary>Which Proxy.</summary>
    public ProxyId Id { get; }

    /// <summary>The Gloo Proxy; null if nothing listens.</summary>
    public GlooV1.Proxy? Input { get; }

    /// <summary>Its Gateways.</summary>
    public IReadOnlyList<GatewayUnit> Units { get; }

    /// <summary>What Envoy gets.</summary>
    public ProxyTranslation Translation { get; }

    /// <summary>What is said of the Gateway's address; null if nobody else wants it.</summary>
    public Diagnostic? BindRemark(GatewayUnit unit) => _binds.Remarks.GetValueOrDefault(unit.Gateway.Key);

    /// <summary>Whether the Gateway's listener is in the Proxy.</summary>
    public bool Listens(GatewayUnit unit) =>
        unit.Listener is not null && _binds.Listeners.Exists(listener => ReferenceEquals(listener, unit.Listener));

    /// <summary>Whether Envoy gets a listener of that name.</summary>
    public bool HasListener(string name) => _listeners.ContainsKey(name);

    /// <summary>The route configurations that a listener of Envoy refers to.</summary>
    public IEnumerable<EnvoyRoute.RouteConfiguration> RoutesOf(string listener) =>
        _listeners.TryGetValue(listener, out var resource)
            ? resource.Refs.RouteConfigurations.Select(Route).OfType<EnvoyRoute.RouteConfiguration>()
            : [];

    /// <summary>Every listener that Envoy gets, with the Gateway behind it.</summary>
    public IEnumerable<(string Listener, ResourceKey? Gateway)> Listeners() =>
        _listeners.Keys.Order(StringComparer.Ordinal).Select(name => (
            name, Units.FirstOrDefault(unit => Listens(unit) && unit.Listener!.Name == name)?.Gateway.Key));

    /// <summary>The virtual hosts of a route configuration that have a name.</summary>
    public IEnumerable<EnvoyRoute.VirtualHost> HostsOf(EnvoyRoute.RouteConfiguration routes, string name)
    {
        if (!_hosts.TryGetValue(routes, out var hosts))
            _hosts[routes] = hosts = routes.VirtualHosts.ToLookup(host => host.Name, StringComparer.Ordinal);
        return hosts[name];
    }

    /// <summary>The name of a virtual host in Envoy.</summary>
    public static string NameInEnvoy(GlooV1.VirtualHost host) => host.Name.Replace('.', '_');

    private EnvoyRoute.RouteConfiguration? Route(string name)
    {
        if (_routes.TryGetValue(name, out var known)) return known;
        var resource = Translation.Resources.FirstOrDefault(
            resource => resource.Type == XdsType.RouteConfiguration && resource.Name == name);
        if (resource is null) return null;
        return _routes[name] = EnvoyRoute.RouteConfiguration.Parser.ParseFrom(resource.Bytes.Span);
    }
}
