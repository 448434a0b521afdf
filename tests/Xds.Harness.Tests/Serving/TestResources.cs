using Envoy.Config.Cluster.V3;
using Envoy.Config.Core.V3;
using Envoy.Config.Endpoint.V3;
using Envoy.Config.Listener.V3;
using Envoy.Config.Route.V3;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Harness.Serving;

/// <summary>Resources that say nothing but their name and one word of content.</summary>
internal static class TestResources
{
    public static EncodedResource Encode(XdsType type, string name, string content, ResourceRefs refs)
    {
        IMessage message = type switch
        {
            XdsType.Listener => new Listener { Name = name, StatPrefix = content },
            XdsType.RouteConfiguration => new RouteConfiguration { Name = name, RequestHeadersToRemove = { content } },
            XdsType.Cluster => new Cluster { Name = name, AltStatName = content },
            XdsType.ClusterLoadAssignment => new ClusterLoadAssignment
            {
                ClusterName = name,
                Endpoints = { new LocalityLbEndpoints { Locality = new Locality { Zone = content } } },
            },
            XdsType.Secret => new Secret
            {
                Name = name,
                GenericSecret = new GenericSecret { Secret = new DataSource { InlineString = content } },
            },
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type"),
        };
        return EncodedResource.Encode(type, name, message, refs);
    }

    /// <summary>Name and content of what came over the wire.</summary>
    public static (string Name, string Content) Decode(XdsType type, Any any)
    {
        if (any.TypeUrl != type.TypeUrl()) throw new InvalidDataException($"a {any.TypeUrl} among {type}");
        switch (type)
        {
            case XdsType.Listener:
                var listener = any.Unpack<Listener>();
                return (listener.Name, listener.StatPrefix);
            case XdsType.RouteConfiguration:
                var routes = any.Unpack<RouteConfiguration>();
                return (routes.Name, routes.RequestHeadersToRemove.Single());
            case XdsType.Cluster:
                var cluster = any.Unpack<Cluster>();
                return (cluster.Name, cluster.AltStatName);
            case XdsType.ClusterLoadAssignment:
                var assignment = any.Unpack<ClusterLoadAssignment>();
                return (assignment.ClusterName, assignment.Endpoints.Single().Locality.Zone);
            case XdsType.Secret:
                var secret = any.Unpack<Secret>();
                return (secret.Name, secret.GenericSecret.Secret.InlineString);
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a type");
        }
    }
}
