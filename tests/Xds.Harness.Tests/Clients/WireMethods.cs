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
        return new Method<TRequest, TResponse>(
            MethodType.DuplexStreaming, $"envoy.service.{service}", (isDelta ? "Delta" : "Stream") + things,
            Marshaller<TRequest>(), Marshaller<TResponse>());
    }

    private static Marshaller<T> Marshaller<T>()
        where T : class, IMessage<T>, new() =>
        Marshallers.Create(
            message => message.ToByteArray(), bytes => new MessageParser<T>(() => new T()).ParseFrom(bytes));
}
