using System.Collections.Immutable;
using Google.Protobuf;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Envoy;

/// <summary>Route configurations, joined from encoded virtual hosts (envoy-translation 4.1).</summary>
internal static class RouteConfigurations
{
    /// <summary>
    /// The resource. Fields are in the order of their numbers, so the bytes equal those of the whole message.
    /// </summary>
    public static EncodedResource Join(
        string name, GlooV1.RouteConfigurationOptions? options, ImmutableArray<VirtualHostPiece> pieces,
        ImmutableArray<string> clusters, bool ignorePort)
    {
        var head = new EnvoyRoute.RouteConfiguration { Name = name }.ToByteArray();
        var tail = new EnvoyRoute.RouteConfiguration
        {
            MaxDirectResponseBodySizeBytes = options?.MaxDirectResponseBodySizeBytes,
            MostSpecificHeaderMutationsWins = options?.MostSpecificHeaderMutationsWins ?? false,
            IgnorePortInHostMatching = ignorePort,
        }.ToByteArray();
        var length = head.Length + tail.Length;
        foreach (var piece in pieces) length += piece.Bytes.Length;
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        var ends = ImmutableArray.CreateBuilder<int>(pieces.Length + (tail.Length > 0 ? 2 : 1));
        var position = 0;
        Append(head);
        foreach (var piece in pieces) Append(piece.Bytes);
        if (tail.Length > 0) Append(tail);
        return EncodedResource.FromBytes(
            XdsType.RouteConfiguration, name, bytes, ends.MoveToImmutable(), new ResourceRefs { Clusters = clusters });

        void Append(byte[] part)
        {
            part.CopyTo(bytes.AsSpan(position));
            position += part.Length;
            ends.Add(position);
        }
    }

    /// <summary>What stands in for a route configuration without virtual hosts (envoy-translation 1.6).</summary>
    public static EncodedResource Placeholder(string name)
    {
        var message = new EnvoyRoute.RouteConfiguration { Name = name };
        message.VirtualHosts.Add(new EnvoyRoute.VirtualHost
        {
            Name = "invalid-envoy-config-vhost",
            Domains = { "*" },
            Routes =
            {
                new EnvoyRoute.Route
                {
                    Match = new EnvoyRoute.RouteMatch { Prefix = "/" },
                    DirectResponse = new EnvoyRoute.DirectResponseAction
                    {
                        Status = 500,
                        Body = new EnvoyCore.DataSource
                        {
                            InlineString = "Invalid Envoy Configuration. "
                                + "This placeholder was generated to localize pain to the misconfigured route",
                        },
                    },
                },
            },
        });
        return EncodedResource.Encode(XdsType.RouteConfiguration, name, message, ResourceRefs.None);
    }
}
