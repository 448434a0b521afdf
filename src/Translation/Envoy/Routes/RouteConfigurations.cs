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
        string name, GlooV1.RouteConfigurationOptions? options, IReadOnlyList<VirtualHostPiece> pieces,
        bool ignorePort = false)
    {
        var head = new EnvoyRoute.RouteConfiguration { Name = name }.ToByteArray();
        var tail = new EnvoyRoute.RouteConfiguration
        {
            MaxDirectResponseBodySizeBytes = options?.MaxDirectResponseBodySizeBytes,
            MostSpecificHeaderMutationsWins = options?.MostSpecificHeaderMutationsWins ?? false,
            IgnorePortInHostMatching = ignorePort,
        }.ToByteArray();
        var bytes = new byte[head.Length + pieces.Sum(piece => piece.Bytes.Length) + tail.Length];
        var ends = ImmutableArray.CreateBuilder<int>(pieces.Count + 2);
        var position = 0;
        Append(head);
        foreach (var piece in pieces) Append(piece.Bytes);
        if (tail.Length > 0) Append(tail);
        return EncodedResource.FromBytes(
            XdsType.RouteConfiguration, name, bytes, ends.ToImmutable(),
            new ResourceRefs { Clusters = ClustersOf(pieces) });

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

    private static ImmutableArray<string> ClustersOf(IReadOnlyList<VirtualHostPiece> pieces)
    {
        var clusters = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in pieces)
            foreach (var cluster in piece.Clusters)
                clusters.Add(cluster);
        var sorted = clusters.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        return ImmutableArray.Create(sorted);
    }
}
