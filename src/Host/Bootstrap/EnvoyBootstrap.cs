using System.Net;

namespace Stagedoor.Host.Bootstrap;

/// <summary>
/// The Envoy bootstrap of a gateway-proxy (infrastructure 7.5) with the settings that design 4 asks for. Differences
/// from Gloo's: no <c>rate_limit_settings</c> on ADS (they hold acknowledgements back, ten a second), and no access log
/// of the admin (Envoy's default is the same as <c>/dev/null</c>).
/// </summary>
internal static class EnvoyBootstrap
{
    /// <summary>The REST xDS port of the service, in every bootstrap of Gloo's chart.</summary>
    public const int RestXdsPort = 9976;

    /// <summary>The Wasm cache's port of the service.</summary>
    public const int WasmCachePort = 9979;

    private const string AdminCluster = "admin_port_cluster";
    private const string Loopback = "127.0.0.1";
    private const string AnyAddress = "0.0.0.0";

    // RE2 bounds a program by 8 MB of memory; the size limit only refuses users' expressions, with a whole RDS
    // response.
    private const int RegexProgramSize = 1_000_000;

    /// <summary>The bootstrap as YAML.</summary>
    public static string Yaml(EnvoyBootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var root = new YamlMap
        {
            ["node"] = new YamlMap
            {
                ["id"] = options.NodeId,
                ["cluster"] = "gateway",
                ["metadata"] = new YamlMap { ["role"] = options.Role.ToString() },
            },
            ["layered_runtime"] = Runtime(),
            ["deferred_stat_options"] = new YamlMap { ["enable_deferred_creation_stats"] = true },
            ["typed_dns_resolver_config"] = Resolver(),
            ["static_resources"] = new YamlMap { ["listeners"] = Listeners(options), ["clusters"] = Clusters(options) },
            ["dynamic_resources"] = Dynamic(options),
        };
        if (options.AdminPort is { } admin) root["admin"] = new YamlMap { ["address"] = Socket(Loopback, admin) };
        return root.ToYaml();
    }

    /// <summary>Name of the xDS cluster: like Gloo's, the server's host and port.</summary>
    public static string XdsCluster(EnvoyBootstrapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"{options.XdsHost}:{options.XdsPort}";
    }

    private static YamlMap Runtime() => new()
    {
        ["layers"] = new List<object>
        {
            new YamlMap
            {
                ["name"] = "static_layer",
                ["static_layer"] = new YamlMap
                {
                    ["overload.global_downstream_max_connections"] = 250_000,
                    ["re2.max_program_size.error_level"] = RegexProgramSize,
                    ["re2.max_program_size.warn_level"] = RegexProgramSize,
                    ["upstream.healthy_panic_threshold"] = 50,
                },
            },
            new YamlMap { ["name"] = "admin_layer", ["admin_layer"] = new YamlMap() },
        },
    };

    // A silent resolver would otherwise keep Envoy from asking for listeners for minutes (envoy.md 3.2). Three tries
    // end after 7 s at most; with two, an edited cluster loses its addresses as soon as the resolver takes 0.3 s, since
    // c-ares goes down to a quarter of a second for one that was fast.
    private static YamlMap Resolver() => Extension(
        "envoy.network.dns_resolver.cares",
        "envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
        new YamlMap { ["query_timeout_seconds"] = 1, ["query_tries"] = 3 });

    private static YamlMap Dynamic(EnvoyBootstrapOptions options) => new()
    {
        ["ads_config"] = new YamlMap
        {
            ["api_type"] = options.Delta ? "DELTA_GRPC" : "GRPC",
            ["transport_api_version"] = "V3",
            ["set_node_on_first_message_only"] = true,
            ["grpc_services"] = new List<object>
            {
                new YamlMap { ["envoy_grpc"] = new YamlMap { ["cluster_name"] = XdsCluster(options) } },
            },
        },
        ["cds_config"] = Ads(),
        ["lds_config"] = Ads(),
    };

    // Without a configuration an Envoy is never ready: better than ready and empty.
    private static YamlMap Ads() => new()
    {
        ["ads"] = new YamlMap(),
        ["resource_api_version"] = "V3",
        ["initial_fetch_timeout"] = "0s",
    };

    private static List<object> Listeners(EnvoyBootstrapOptions options)
    {
        var listeners = new List<object>();
        if (options.StatsPort is { } stats)
        {
            listeners.Add(Listener(
                "prometheus_listener", stats, "prometheus",
                Route("path", "/ready"), Route("prefix", "/metrics", "/stats/prometheus")));
        }

        if (options.ReadinessPort is { } ready)
            listeners.Add(Listener("readiness_listener", ready, "readiness", Route("path", "/ready")));
        return listeners;
    }

    private static YamlMap Route(string specifier, string path, string? rewrite = null)
    {
        var action = new YamlMap { ["cluster"] = AdminCluster };
        if (rewrite is not null) action["prefix_rewrite"] = rewrite;
        var method = new YamlMap { ["name"] = ":method", ["string_match"] = new YamlMap { ["exact"] = "GET" } };
        return new YamlMap
        {
            ["match"] = new YamlMap { [specifier] = path, ["headers"] = new List<object> { method } },
            ["route"] = action,
        };
    }

    private static YamlMap Listener(string name, int port, string statPrefix, params object[] routes) => new()
    {
        ["name"] = name,
        ["address"] = Socket(AnyAddress, port),
        ["filter_chains"] = new List<object>
        {
            new YamlMap
            {
                ["filters"] = new List<object>
                {
                    Extension(
                        "envoy.filters.network.http_connection_manager",
                        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                        new YamlMap
                        {
                            ["stat_prefix"] = statPrefix,
                            ["codec_type"] = "AUTO",
                            ["route_config"] = new YamlMap
                            {
                                ["name"] = statPrefix,
                                ["virtual_hosts"] = new List<object>
                                {
                                    new YamlMap
                                    {
                                        ["name"] = statPrefix,
                                        ["domains"] = new List<object> { "*" },
                                        ["routes"] = routes.ToList(),
                                    },
                                },
                            },
                            ["http_filters"] = new List<object>
                            {
                                Extension(
                                    "envoy.filters.http.router",
                                    "envoy.extensions.filters.http.router.v3.Router",
                                    new YamlMap()),
                            },
                        }),
                },
            },
        },
    };

    private static List<object> Clusters(EnvoyBootstrapOptions options)
    {
        var xds = Cluster(XdsCluster(options), options.XdsHost, options.XdsPort);
        xds["alt_stat_name"] = "xds_cluster";
        // Finds out within 35 s that the server's machine is gone; TCP alone needs minutes.
        xds["typed_extension_protocol_options"] = Http2();
        xds["upstream_connection_options"] = new YamlMap
        {
            ["tcp_keepalive"] = new YamlMap { ["keepalive_time"] = 60 },
        };
        var clusters = new List<object> { xds };
        if (options.AdminPort is { } admin and > 0) clusters.Add(Cluster(AdminCluster, Loopback, admin));
        if (!options.Kubernetes) return clusters;
        clusters.Add(Cluster("rest_xds_cluster", options.XdsHost, RestXdsPort));
        clusters.Add(Cluster("wasm-cache", options.XdsHost, WasmCachePort));
        return clusters;
    }

    private static YamlMap Cluster(string name, string host, int port)
    {
        var isAddress = IPAddress.TryParse(host, out _);
        var cluster = new YamlMap { ["name"] = name, ["connect_timeout"] = "5s" };
        cluster["type"] = isAddress ? "STATIC" : "STRICT_DNS";
        if (!isAddress) cluster["respect_dns_ttl"] = true;
        cluster["load_assignment"] = new YamlMap
        {
            ["cluster_name"] = name,
            ["endpoints"] = new List<object>
            {
                new YamlMap
                {
                    ["lb_endpoints"] = new List<object>
                    {
                        new YamlMap { ["endpoint"] = new YamlMap { ["address"] = Socket(host, port) } },
                    },
                },
            },
        };
        return cluster;
    }

    private static YamlMap Http2() => new()
    {
        ["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"] = new YamlMap
        {
            ["@type"] = "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            ["explicit_http_config"] = new YamlMap
            {
                ["http2_protocol_options"] = new YamlMap
                {
                    ["connection_keepalive"] = new YamlMap { ["interval"] = "30s", ["timeout"] = "5s" },
                },
            },
        },
    };

    private static YamlMap Socket(string address, int port) => new()
    {
        ["socket_address"] = new YamlMap { ["address"] = address, ["port_value"] = port },
    };

    private static YamlMap Extension(string name, string type, YamlMap fields)
    {
        var typed = new YamlMap { ["@type"] = $"type.googleapis.com/{type}" };
        foreach (var (key, value) in fields) typed[key] = value;
        return new YamlMap { ["name"] = name, ["typed_config"] = typed };
    }
}
