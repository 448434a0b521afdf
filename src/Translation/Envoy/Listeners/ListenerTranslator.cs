using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Net;
using Envoy.Extensions.Filters.Listener.TlsInspector.V3;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Stagedoor.Api;
using Stagedoor.Translation.Validation;
using Stagedoor.Xds;
using Chain = Solo.Gloo.AggregateListener.Types.HttpFilterChain;
using ListenerCase = Solo.Gloo.Listener.ListenerTypeOneofCase;
using MatchedCase = Solo.Gloo.MatchedListener.ListenerTypeOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// A Gloo listener as an Envoy listener (envoy-translation 2). One that cannot be served is left out alone.
/// </summary>
internal static class ListenerTranslator
{
    private static readonly string HandledHttp =
        "httpConnectionManagerSettings router headerValidationSettings " + HttpFeatures.ListenerFields;

    /// <summary>The encoded listener; null if it cannot be served or has nothing to serve.</summary>
    public static EncodedResource? Translate(ListenerScope listener)
    {
        var output = listener.Output;
        output.Address = Address(listener);
        if (listener.Input.Name.Length == 0) listener.Error("a listener needs a name");
        ListenerOptions.Apply(listener);
        OfType(listener);
        if (listener.Problems.Exists(IsFatal)) return null;
        output.FilterChains.AddRange(Kept(listener).Select(chain => chain.Output));
        if (output.FilterChains.Count == 0) return null;
        Filters(listener);
        ListenerOptions.WrapSockets(listener);
        foreach (var violation in MessageValidator.Validate(output))
            listener.Error($"Envoy would reject the listener: {violation}", EnvoyCodes.RejectedByRule);
        if (listener.Problems.Exists(IsFatal)) return null;
        return EncodedResource.Encode(XdsType.Listener, output.Name, output, new ResourceRefs
        {
            RouteConfigurations = [.. listener.Routes.Select(routes => routes.Name).Distinct()
                .Order(StringComparer.Ordinal)],
            Clusters = [.. listener.Needs.Clusters],
            Secrets = listener.Secrets.Names,
        });
    }

    /// <summary>
    /// Whether a problem takes the listener away: not those of single options, which are left out by themselves.
    /// </summary>
    public static bool IsFatal(Problem problem) =>
        problem.Severity == Severity.Error
        && problem.Code is not (EnvoyCodes.InvalidOption or EnvoyCodes.EnterpriseOption
            or EnvoyCodes.InvalidAccessLog or EnvoyCodes.InvalidTracing);

    // A listener that could only refuse connections need not listen.
    private static List<FilterChainDraft> Kept(ListenerScope listener)
    {
        var kept = ChainConflicts.Resolve(listener);
        return kept.Exists(chain => !chain.IsClosed) ? kept : [];
    }

    private static EnvoyCore.Address Address(ListenerScope listener)
    {
        var input = listener.Input;
        if (!IPAddress.TryParse(input.BindAddress, out _))
            listener.Error($"bindAddress '{input.BindAddress}' is not an IP address");
        if (input.BindPort > 65535) listener.Error("bindPort must be at most 65535");
        var dot = input.BindAddress.IndexOfAny(['.', ':']);
        return new EnvoyCore.Address
        {
            SocketAddress = new EnvoyCore.SocketAddress
            {
                Address = input.BindAddress,
                PortValue = input.BindPort,
                Ipv4Compat = dot < 0 || input.BindAddress[dot] == ':',
            },
        };
    }

    private static void OfType(ListenerScope listener)
    {
        var input = listener.Input;
        switch (input.ListenerTypeCase)
        {
            case ListenerCase.HttpListener:
                Http(listener, input.HttpListener, listener.Field + ".httpListener", null);
                break;
            case ListenerCase.TcpListener:
                TcpChains.Add(listener, input.TcpListener, null, listener.Field + ".tcpListener");
                break;
            case ListenerCase.HybridListener:
                var matched = input.HybridListener.MatchedListeners;
                for (var i = 0; i < matched.Count; i++) Hybrid(listener, matched[i], Index("hybridListener", i));
                break;
            case ListenerCase.AggregateListener:
                var chains = input.AggregateListener.HttpFilterChains;
                for (var i = 0; i < chains.Count; i++) Aggregate(listener, chains[i], i);
                var tcp = input.AggregateListener.TcpListeners;
                for (var i = 0; i < tcp.Count; i++)
                    TcpChains.Add(listener, tcp[i].TcpListener, tcp[i].Matcher, Index("aggregateListener", i));
                break;
            default:
                listener.Error("no listener type specified");
                break;
        }

        string Index(string type, int i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{listener.Field}.{type}.{(type == "hybridListener" ? "matchedListeners" : "tcpListeners")}[{i}]");
    }

    private static void Hybrid(ListenerScope listener, GlooV1.MatchedListener matched, string field)
    {
        switch (matched.ListenerTypeCase)
        {
            case MatchedCase.HttpListener:
                Http(listener, matched.HttpListener, field + ".httpListener", matched);
                break;
            case MatchedCase.TcpListener:
                TcpChains.Add(listener, matched.TcpListener, matched.Matcher, field + ".tcpListener");
                break;
            default:
                listener.Error("a matched listener has no listener type");
                break;
        }
    }

    private static void Http(
        ListenerScope listener, GlooV1.HttpListener http, string field, GlooV1.MatchedListener? matched)
    {
        OptionGuard.Check(http.Options, HandledHttp, listener.Problems);
        Refuse(listener, matched?.Matcher);
        HttpChains.Add(listener, new HttpPart(http, http.VirtualHosts, field)
        {
            Matcher = matched?.Matcher,
            Ssl = matched is null ? listener.Input.SslConfigurations : HybridSsl(matched),
            RequireTls = matched is null
                ? listener.Input.SslConfigurations.Count > 0
                : matched.Matcher?.SslConfig is not null,
            Routes = RoutesOf(listener.Input, matched?.Matcher),
            Sources = Sources.Of(http.MetadataStatic, listener.Sources),
            HasSslOfHosts = true,
        });
    }

    // What is zero or empty in one of them comes from the matcher's.
    private static RepeatedField<GlooV1.SslConfig> HybridSsl(GlooV1.MatchedListener matched)
    {
        if (matched.Matcher?.SslConfig is not { } defaults) return matched.SslConfigurations;
        return
        [
            .. matched.SslConfigurations.Select(config =>
            {
                var merged = defaults.Clone();
                if (config.SniDomains.Count > 0) merged.SniDomains.Clear();
                if (config.VerifySubjectAltName.Count > 0) merged.VerifySubjectAltName.Clear();
                if (config.AlpnProtocols.Count > 0) merged.AlpnProtocols.Clear();
                if (config.Parameters is not null) merged.Parameters = null;
                merged.MergeFrom(config);
                return merged;
            }),
        ];
    }

    private static void Aggregate(ListenerScope listener, Chain chain, int index)
    {
        var field = string.Create(
            CultureInfo.InvariantCulture, $"{listener.Field}.aggregateListener.httpFilterChains[{index}]");
        var resources = listener.Input.AggregateListener.HttpResources;
        var options = resources?.HttpOptions.GetValueOrDefault(chain.HttpOptionsRef);
        OptionGuard.Check(options, HandledHttp, listener.Problems);
        Refuse(listener, chain.Matcher);
        var hosts = chain.VirtualHostRefs
            .Select(name => resources?.VirtualHosts.GetValueOrDefault(name))
            .OfType<GlooV1.VirtualHost>().ToList();
        HttpChains.Add(listener, new HttpPart(
            new GlooV1.HttpListener
            {
                Options = options,
                CustomHttpFilters = { chain.CustomHttpFilters },
                CustomNetworkFilters = { chain.CustomNetworkFilters },
            },
            hosts, field)
        {
            Matcher = chain.Matcher,
            Ssl = chain.Matcher?.SslConfig is { } ssl ? [ssl] : [],
            RequireTls = chain.Matcher?.SslConfig is not null,
            Routes = RoutesOf(listener.Input, chain.Matcher),
            Sources = listener.Sources,
        });
    }

    // Ciphers that a client offers are not something that stock Envoy matches by.
    private static void Refuse(ListenerScope listener, GlooV1.Matcher? matcher)
    {
        if (matcher is not { PassthroughCipherSuites.Count: > 0 }) return;
        listener.Error(
            "Could not load configuration for the following Enterprise features: [deprecated_cipher_passthrough]",
            EnvoyCodes.UnsupportedProtection);
    }

    /// <summary>Name of a route configuration (envoy-translation 2.2).</summary>
    private static string RoutesOf(GlooV1.Listener listener, GlooV1.Matcher? matcher) => matcher is null
        ? listener.Name + "-routes"
        : string.Create(
            CultureInfo.InvariantCulture, $"{listener.Name}-routes-{XxHash64.HashToUInt64(matcher.ToByteArray())}");

    private static void Filters(ListenerScope listener)
    {
        if (ListenerOptions.ProxyProtocol(listener) is { } proxyProtocol)
            listener.Output.ListenerFilters.Add(proxyProtocol);
        if (listener.Output.FilterChains.Any(NeedsInspector))
        {
            listener.Output.ListenerFilters.Add(new EnvoyListener.ListenerFilter
            {
                Name = "envoy.filters.listener.tls_inspector",
                TypedConfig = AnyTypes.Pack(new TlsInspector()),
            });
        }
    }

    // Without it Envoy sees no server name, and no TLS.
    private static bool NeedsInspector(EnvoyListener.FilterChain chain) =>
        chain.TransportSocket is not null
        || chain.FilterChainMatch is { ServerNames.Count: > 0 } or { TransportProtocol.Length: > 0 }
        || chain.Filters.Any(filter => filter.Name == "envoy.filters.network.sni_cluster");
}
