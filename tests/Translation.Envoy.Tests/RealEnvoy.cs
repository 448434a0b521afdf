using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Stagedoor.Xds;
using Stagedoor.Xds.EnvoyApi;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>
/// The real Envoy in <c>--mode validate</c>, with a translation as its static configuration: routes inline, assignments
/// inside of their clusters.
/// </summary>
internal static class RealEnvoy
{
    private static readonly string[] OfBootstrap = ["gateway_proxy_sds", "access_log_cluster", "tracing_cluster"];

    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry));

    private static readonly Dictionary<XdsType, MessageParser> Parsers = new()
    {
        [XdsType.Listener] = global::Envoy.Config.Listener.V3.Listener.Parser,
        [XdsType.RouteConfiguration] = global::Envoy.Config.Route.V3.RouteConfiguration.Parser,
        [XdsType.Cluster] = global::Envoy.Config.Cluster.V3.Cluster.Parser,
        [XdsType.ClusterLoadAssignment] = global::Envoy.Config.Endpoint.V3.ClusterLoadAssignment.Parser,
        [XdsType.Secret] = global::Envoy.Extensions.TransportSockets.Tls.V3.Secret.Parser,
    };

    /// <summary>The executable of a version, as <c>eng/envoy</c> finds it; null if there is none to be had.</summary>
    public static string? Find(string version)
    {
        var (code, output) = Run(Path.Combine(Golden.Repository(), "eng", "envoy"), version);
        return code == 0 ? output.Trim().Split('\n')[^1] : null;
    }

    /// <summary>What Envoy has to say against the configuration; empty if it accepts it.</summary>
    public static string Reject(string envoy, ProxyTranslation translation)
    {
        var file = Path.Combine(Path.GetTempPath(), $"stagedoor-{Guid.NewGuid():n}.json");
        File.WriteAllText(file, Bootstrap(translation).ToJsonString());
        try
        {
            var (code, output) = Run(envoy, "--mode", "validate", "-l", "error", "--disable-hot-restart", "-c", file);
            return code == 0 ? "" : output;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The size of the RE2 program of each expression, in their order, as Envoy logs it.</summary>
    public static List<long> ProgramSizes(string envoy, IReadOnlyCollection<string> regexes)
    {
        var file = Path.Combine(Path.GetTempPath(), $"stagedoor-{Guid.NewGuid():n}.json");
        File.WriteAllText(file, RegexBootstrap(regexes).ToJsonString());
        try
        {
            var (code, output) = Run(envoy, "--mode", "validate", "-l", "warning", "--disable-hot-restart", "-c", file);
            if (code != 0) throw new InvalidOperationException(output[Math.Max(0, output.Length - 2000)..]);
            return [.. Regex.Matches(output, @"RE2 program size of (\d+) >")
                .Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private const string Filters = "type.googleapis.com/envoy.extensions.filters";

    private static JsonObject RegexBootstrap(IEnumerable<string> regexes)
    {
        var routes = regexes.Select(JsonNode? (regex) => new JsonObject
        {
            ["match"] = new JsonObject { ["safeRegex"] = new JsonObject { ["regex"] = regex } },
            ["directResponse"] = new JsonObject { ["status"] = 200 },
        });
        var bootstrap = JsonNode.Parse("""
            {"layeredRuntime": {"layers": [{"name": "static", "staticLayer": {
                "re2.max_program_size.error_level": 100000000, "re2.max_program_size.warn_level": 0}}]},
             "staticResources": {"listeners": [{"name": "l",
                "address": {"socketAddress": {"address": "127.0.0.1", "portValue": 0}},
                "filterChains": [{"filters": [{"name": "hcm", "typedConfig": {
                    "@type": "PREFIX.network.http_connection_manager.v3.HttpConnectionManager", "statPrefix": "s",
                    "httpFilters": [{"name": "router", "typedConfig": {"@type": "PREFIX.http.router.v3.Router"}}],
                    "routeConfig": {"virtualHosts": [{"name": "v", "domains": ["*"], "routes": []}]}}}]}]}]}}
            """.Replace("PREFIX", Filters, StringComparison.Ordinal))!.AsObject();
        bootstrap["staticResources"]!["listeners"]![0]!["filterChains"]![0]!["filters"]![0]!["typedConfig"]!
            ["routeConfig"]!["virtualHosts"]![0]!["routes"] = new JsonArray([.. routes]);
        return bootstrap;
    }

    private static JsonObject Bootstrap(ProxyTranslation translation)
    {
        JsonObject[] Of(XdsType type) =>
            [.. translation.Resources.Where(resource => resource.Type == type)
                .Select(resource => WithStaticSecrets(JsonNode.Parse(Formatter.Format(
                    Parsers[resource.Type].ParseFrom(resource.Bytes.Span)))!).AsObject())];
        var routes = Of(XdsType.RouteConfiguration).ToDictionary(routes => (string)routes["name"]!);
        var endpoints = Of(XdsType.ClusterLoadAssignment).ToDictionary(endpoints => (string)endpoints["clusterName"]!);
        var listeners = Of(XdsType.Listener);
        foreach (var listener in listeners)
        {
            foreach (var chain in listener["filterChains"]!.AsArray())
                foreach (var filter in chain!["filters"]?.AsArray() ?? [])
                    Inline(filter!["typedConfig"]!.AsObject(), routes);
        }

        var clusters = Of(XdsType.Cluster);
        foreach (var cluster in clusters)
        {
            if ((string?)cluster["type"] != "EDS") continue;
            cluster["type"] = "STATIC";
            cluster["loadAssignment"] = endpoints[(string)cluster["edsClusterConfig"]!["serviceName"]!].DeepClone();
            cluster.Remove("edsClusterConfig");
        }

        return new JsonObject
        {
            ["node"] = new JsonObject { ["id"] = "test", ["cluster"] = "test" },
            ["staticResources"] = new JsonObject
            {
                ["listeners"] = new JsonArray([.. listeners]),
                ["clusters"] = new JsonArray([.. clusters, .. OfBootstrap.Select(Static)]),
                ["secrets"] = new JsonArray([.. Of(XdsType.Secret)]),
            },
        };
    }

    // A cluster that Gloo's bootstraps have.
    private static JsonObject Static(string name) => new() { ["name"] = name, ["connectTimeout"] = "1s" };

    // Secrets that come by ADS are among the static ones here.
    private static JsonNode WithStaticSecrets(JsonNode node)
    {
        if (node is JsonArray items)
            foreach (var item in items) WithStaticSecrets(item!);
        if (node is not JsonObject fields) return node;
        if (fields["sdsConfig"]?["ads"] is not null) fields.Remove("sdsConfig");
        foreach (var (_, value) in fields)
            if (value is not null) WithStaticSecrets(value);
        return node;
    }

    private static void Inline(JsonObject manager, Dictionary<string, JsonObject> routes)
    {
        if (manager["rds"] is not { } rds) return;
        var routeConfig = routes[(string)rds["routeConfigName"]!].DeepClone();
        routeConfig["validateClusters"] = false;
        manager.Remove("rds");
        manager["routeConfig"] = routeConfig;
    }

    private static (int Code, string Output) Run(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
