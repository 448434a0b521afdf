using Envoy.Service.Discovery.V3;
using Google.Protobuf;
using Grpc.Core;

namespace Stagedoor.Xds.Harness.Clients;

/// <summary>The streaming methods of the discovery services, by their names on the wire.</summary>
internal static class WireMethods
{
    /// <summary>The method of a type's service, or of the aggregated one.</summary>
    public static Method<TRequest, TResponse> Of<TRequest, TResponse>(XdsType? only, bool isDelta)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var (service, things) = NamesOf(only);
        return new Method<TRequest, TResponse>(
            MethodType.DuplexStreaming, service, (isDelta ? "Delta" : "Stream") + things,
            Marshaller<TRequest>(), Marshaller<TResponse>());
    }

    /// <summary>The unary method of a type's service.</summary>
    public static Method<DiscoveryRequest, DiscoveryResponse> Fetch(XdsType type)
    {
        var (service, things) = NamesOf(type);
        return new Method<DiscoveryRequest, DiscoveryResponse>(
            MethodType.Unary, service, "Fetch" + things,
            Marshaller<DiscoveryRequest>(), Marshaller<DiscoveryResponse>());
    }

    private static (string Service, string Things) NamesOf(XdsType? only)
    {
        var (service, things) = only switch
        {
            null => ("discovery.v3.AggregatedDiscoveryService", "AggregatedResources"),
            XdsType.Listener => ("listener.v3.ListenerDiscoveryService", "Listeners"),
            XdsType.RouteConfiguration => ("route.v3.RouteDiscoveryService", "Routes"),
            XdsType.Cluster => ("cluster.v3.ClusterDiscoveryService", "Clusters"),
            XdsType.ClusterLoadAssignment => ("endpoint.v3.EndpointDiscoveryService", "Endpoints"),
            XdsType.Secret => ("secret.v3.SecretDiscoveryService", "Secrets"),
            _ => throw new ArgumentOutOfRangeException(nameof(only), only, "no service"),
        };
        return ($"envoy.service.{service}", things);
    }

    private static Marshaller<T> Marshaller<T>()
        where T : class, IMessage<T>, new() =>
        Marshallers.Create(
            message => message.ToByteArray(), bytes => new MessageParser<T>(() => new T()).ParseFrom(bytes));
}
