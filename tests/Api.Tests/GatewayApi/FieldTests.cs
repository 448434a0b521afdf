using System.Reflection;
using Shouldly;
using Stagedoor.Api.GatewayApi;
using Xunit;

namespace Stagedoor.Api.Tests.GatewayApi;

/// <summary>
/// The records against the schemas that the Gateway API publishes, as the table of <c>eng/gateway-api-fields.mjs</c>.
/// </summary>
public sealed class FieldTests
{
    /// <summary>Kinds that are not read, and types that are plain strings or shared under another name here.</summary>
    private static readonly HashSet<string> Left = ["XMesh", "MeshSpec", "MeshStatus"];

    /// <summary>Types that have one record between them.</summary>
    private static readonly Dictionary<string, string> Shared = new()
    {
        ["ListenerEntry"] = nameof(Listener),
        ["ListenerEntryStatus"] = nameof(ListenerStatus),
        ["HTTPRouteStatus"] = nameof(RouteStatus),
        ["GRPCRouteStatus"] = nameof(RouteStatus),
        ["TLSRouteStatus"] = nameof(RouteStatus),
        ["TCPRouteStatus"] = nameof(RouteStatus),
        ["UDPRouteStatus"] = nameof(RouteStatus),
        ["XBackendTrafficPolicy"] = nameof(BackendTrafficPolicy),
    };

    private static readonly Dictionary<string, Type> Records = typeof(ApiObject).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ApiObject)))
        .ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Every_type_has_its_record_with_every_field()
    {
        var rows = Rows();
        rows.Count.ShouldBeGreaterThan(200);
        var wrong = new List<string>();
        foreach (var type in rows.GroupBy(row => row.Type))
        {
            if (Left.Contains(type.Key)) continue;
            if (!Records.TryGetValue(Shared.GetValueOrDefault(type.Key, type.Key), out var record))
            {
                wrong.Add($"no record for {type.Key}");
                continue;
            }

            var ours = Fields(record);
            var theirs = type.Select(row => row.Field).ToList();
            wrong.AddRange(theirs.Except(ours.Keys).Select(field => $"{type.Key}.{field} is missing"));
            wrong.AddRange(ours.Keys.Except(theirs).Select(field => $"{type.Key}.{field} is ours alone"));
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_is_read_by_its_name_in_documents() =>
        GatewayApiKinds.All.Values.Select(kind => kind.Kind.Kind).Order(StringComparer.Ordinal).ShouldBe(
            [
                "BackendTLSPolicy", "GRPCRoute", "Gateway", "GatewayClass", "HTTPRoute", "ListenerSet",
                "ReferenceGrant", "TCPRoute", "TLSRoute", "UDPRoute", "XBackendTrafficPolicy", "XListenerSet",
            ]);

    private static Dictionary<string, PropertyInfo> Fields(Type record) => record.GetProperties()
        .Where(property => property.Name != nameof(ApiObject.Unknown) && property.CanWrite)
        .ToDictionary(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

    private static List<(string Type, string Field)> Rows() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "GatewayApi", "fields.tsv"))
            .Select(line => line.Split('\t')).Select(parts => (parts[1], parts[2]))];
}
