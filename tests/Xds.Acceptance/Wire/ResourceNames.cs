using System.Collections.Immutable;
using Envoy.Config.Cluster.V3;
using Envoy.Config.Endpoint.V3;
using Envoy.Config.Listener.V3;
using Envoy.Config.Route.V3;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Acceptance.Wire;

/// <summary>Names of resources in state-of-the-world responses, which do not write them outside.</summary>
internal static class ResourceNames
{
    public static string Of(Any any) => XdsTypes.FromTypeUrl(any.TypeUrl) switch
    {
        XdsType.Listener => any.Unpack<Listener>().Name,
        XdsType.RouteConfiguration => any.Unpack<RouteConfiguration>().Name,
        XdsType.Cluster => any.Unpack<Cluster>().Name,
        XdsType.ClusterLoadAssignment => any.Unpack<ClusterLoadAssignment>().ClusterName,
        XdsType.Secret => any.Unpack<Secret>().Name,
        _ => throw new InvalidDataException($"a resource of type {any.TypeUrl}"),
    };

    public static ImmutableDictionary<string, string> Hashes(IEnumerable<(string Name, ByteString Bytes)> resources) =>
        resources.ToImmutableDictionary(
            resource => resource.Name, resource => ResourceHash.Of(resource.Bytes.Span).ToString());
}
