using Envoy.Config.Cluster.V3;
using Envoy.Config.Core.V3;
using Envoy.Config.Endpoint.V3;
using Envoy.Config.Listener.V3;
using Envoy.Config.Route.V3;
using Envoy.Extensions.TransportSockets.Tls.V3;
using Envoy.Service.Runtime.V3;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Server.Tests.Support;

/// <summary>Small messages of each type.</summary>
internal static class Messages
{
    /// <summary>One of each type, with this name, and this text somewhere inside.</summary>
    public static EncodedResource[] OfEveryType(string name, string content) =>
    [
        .. XdsTypes.WireOrder.Select(type =>
            EncodedResource.Encode(type, name, Message(type, name, content), ResourceRefs.None)),
    ];

    private static IMessage Message(XdsType type, string name, string content) => type switch
    {
        XdsType.Listener => new Listener { Name = name, StatPrefix = content },
        XdsType.RouteConfiguration => new RouteConfiguration { Name = name, VirtualHosts = { Host(content) } },
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
        XdsType.Runtime => new Runtime
        {
            Name = name,
            Layer = new Struct { Fields = { ["key"] = Value.ForString(content) } },
        },
        XdsType.ExtensionConfig => new TypedExtensionConfig { Name = name, TypedConfig = Any.Pack(Host(content)) },
        XdsType.VirtualHost => Host(name),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such type"),
    };

    private static VirtualHost Host(string name) => new() { Name = name };
}
