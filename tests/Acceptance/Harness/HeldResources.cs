using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Envoy.Config.Core.V3;
using Envoy.Config.Endpoint.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Stagedoor.Xds.EnvoyApi;

namespace Stagedoor.Acceptance.Harness;

/// <summary>A resource that an xDS client holds: the hash is that of its canonical JSON.</summary>
internal sealed record HeldResource(string Type, string Name, string Version, string Hash)
{
    /// <summary>What it is, whichever generation brought it.</summary>
    public string Content => $"{Type} {Name} {Hash}";
}

/// <summary>Reads what an xDS client holds.</summary>
internal static class HeldResources
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry));

    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(EnvoyTypes.Registry));

    /// <summary>
    /// Clusters, listeners and route configurations as Envoy received them. Endpoints are left out: Envoy's dump shows
    /// them as it uses them, not as they came.
    /// </summary>
    public static async Task<IReadOnlyList<HeldResource>> OfEnvoyAsync(EnvoyProcess envoy)
    {
        var held = new List<HeldResource>();
        foreach (var config in (await envoy.ConfigDumpAsync()).EnumerateArray())
        {
            foreach (var cluster in Items(config, "dynamic_active_clusters"))
                held.Add(Read(cluster, "cluster"));
            foreach (var listener in Items(config, "dynamic_listeners"))
                held.Add(Read(listener.GetProperty("active_state"), "listener"));
            foreach (var routes in Items(config, "dynamic_route_configs"))
                held.Add(Read(routes, "route_config"));
        }

        return held;
    }

    /// <summary>Endpoints as Envoy uses them; see <see cref="Normal"/>.</summary>
    public static async Task<IReadOnlyList<HeldResource>> EndpointsOfEnvoyAsync(EnvoyProcess envoy) =>
    [
        .. (await envoy.ConfigDumpAsync()).EnumerateArray()
            .SelectMany(config => Items(config, "dynamic_endpoint_configs"))
            .Select(endpoints => Describe(Json.Parse<Any>(endpoints.GetProperty("endpoint_config").GetRawText()), "")),
    ];

    /// <summary>Everything that the client on another gRPC stack got, endpoints included.</summary>
    public static async Task<IReadOnlyList<HeldResource>> OfAdsClientAsync(int xdsPort)
    {
        var result = await Command.RunAsync(
            "node",
            [
                Repository.PathOf("tests", "Acceptance", "ads-client", "ads-client.mjs"),
                $"127.0.0.1:{xdsPort}", Petstore.Role,
            ]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"ads-client: {result.Errors}{result.Output}");
        using var document = JsonDocument.Parse(result.Output);
        return
        [
            .. document.RootElement.EnumerateArray().Select(resource => Describe(
                new Any
                {
                    TypeUrl = resource.GetProperty("type").GetString(),
                    Value = ByteString.FromBase64(resource.GetProperty("bytes").GetString()),
                },
                resource.GetProperty("version").GetString()!)),
        ];
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement config, string property) =>
        config.TryGetProperty(property, out var items) ? items.EnumerateArray() : default;

    private static HeldResource Read(JsonElement state, string property) => Describe(
        Json.Parse<Any>(state.GetProperty(property).GetRawText()), state.GetProperty("version_info").GetString()!);

    /// <summary>
    /// An assignment with what Envoy fills in when it takes it over: its dump shows endpoints as it uses them, not as
    /// they came.
    /// </summary>
    private static ClusterLoadAssignment Normal(ClusterLoadAssignment assignment)
    {
        assignment.Policy = null;
        foreach (var group in assignment.Endpoints)
        {
            group.Locality ??= new Locality();
            group.LoadBalancingWeight ??= 0;
            foreach (var endpoint in group.LbEndpoints)
            {
                endpoint.LoadBalancingWeight ??= 1;
                if (endpoint.HealthStatus == HealthStatus.Unknown) endpoint.HealthStatus = HealthStatus.Healthy;
                endpoint.Endpoint.HealthCheckConfig ??= new Endpoint.Types.HealthCheckConfig();
                endpoint.Metadata ??= new Metadata();
            }
        }

        return assignment;
    }

    private static HeldResource Describe(Any any, string version)
    {
        if (any.TryUnpack<ClusterLoadAssignment>(out var assignment)) any = Any.Pack(Normal(assignment));
        // Messages inside a google.protobuf.Any have no canonical bytes once they went through JSON, as Envoy's dump
        // did; JSON with sorted members has.
        var json = JsonNode.Parse(Formatter.Format(any))!.AsObject();
        var name = (json["name"] ?? json["clusterName"])!.GetValue<string>();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Sorted(json)!.ToJsonString()));
        return new HeldResource(any.TypeUrl, name, version, Convert.ToHexStringLower(hash));
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
