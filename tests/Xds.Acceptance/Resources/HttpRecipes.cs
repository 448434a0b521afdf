using System.Globalization;
using Envoy.Config.Listener.V3;
using Envoy.Config.Route.V3;
using Envoy.Extensions.Filters.Http.Router.V3;
using Envoy.Extensions.Filters.Network.HttpConnectionManager.V3;
using Envoy.Type.Matcher.V3;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Acceptance.Resources;

/// <summary>Listeners and routes.</summary>
internal static class HttpRecipes
{
    /// <summary>A listener on a loopback port.</summary>
    public static EncodedResource Listener(
        string name, int port, string routes, string? certificate = null, string serverName = "",
        Action<HttpConnectionManager>? more = null)
    {
        var manager = new HttpConnectionManager
        {
            StatPrefix = "in",
            ServerName = serverName,
            Rds = new Rds { RouteConfigName = routes, ConfigSource = Variants.Source() },
            HttpFilters =
            {
                new HttpFilter { Name = "envoy.filters.http.router", TypedConfig = Any.Pack(new Router()) },
            },
        };
        more?.Invoke(manager);
        var chain = new FilterChain
        {
            Name = "chain",
            Filters =
            {
                new Filter
                {
                    Name = "envoy.filters.network.http_connection_manager",
                    TypedConfig = Any.Pack(manager),
                },
            },
        };
        if (certificate is not null) chain.TransportSocket = TlsRecipes.Downstream(certificate);
        var listener = new Listener
        {
            Name = name,
            Address = Recipes.Address("127.0.0.1", port),
            FilterChains = { chain },
        };
        var refs = new ResourceRefs
        {
            RouteConfigurations = [routes],
            Secrets = certificate is null ? [] : [certificate],
        };
        return EncodedResource.Encode(XdsType.Listener, name, listener, refs);
    }

    /// <summary>Path prefixes and the clusters they lead to; the first that fits wins.</summary>
    public static EncodedResource Routes(string name, params IReadOnlyList<(string Prefix, string Cluster)> routes) =>
        Encode(name, routes.Select(route => route.Cluster), routes.Select(route => new Route
        {
            Match = new RouteMatch { Prefix = route.Prefix },
            Route_ = new RouteAction { Cluster = route.Cluster },
        }));

    /// <summary>One route that matters behind many that do not: about <paramref name="bytes"/> of them.</summary>
    public static EncodedResource ManyRoutes(string name, string cluster, int bytes) => Routes(
        name,
        [
            .. Enumerable.Range(0, bytes / 1000).Select(i =>
                (string.Create(CultureInfo.InvariantCulture, $"/{new string('x', 950)}{i}"), cluster)),
            ("/", cluster),
        ]);

    /// <summary>Routes that Envoy refuses: their expression is none. The validate rules do not see it.</summary>
    public static EncodedResource BadRoutes(string name, string cluster) => Encode(name, [cluster],
    [
        new Route
        {
            Match = new RouteMatch { SafeRegex = new RegexMatcher { Regex = "/(unclosed" } },
            Route_ = new RouteAction { Cluster = cluster },
        },
    ]);

    private static EncodedResource Encode(string name, IEnumerable<string> clusters, IEnumerable<Route> routes)
    {
        var configuration = new RouteConfiguration
        {
            Name = name,
            VirtualHosts = { new VirtualHost { Name = "all", Domains = { "*" }, Routes = { routes } } },
        };
        return EncodedResource.Encode(
            XdsType.RouteConfiguration, name, configuration,
            new ResourceRefs { Clusters = [.. clusters.Distinct()] });
    }
}
