using System.Collections.Immutable;
using System.Text;
using Stagedoor.Actors.Proxies;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Tests;

/// <summary>Resources named by the first letter of their content: l, r, c, e, s for the five types.</summary>
internal static class ToyList
{
    public static ImmutableArray<EncodedResource> Of(params string[] contents) =>
        ResourceDiff.Ordered([.. contents.Select(Resource)]);

    public static EncodedResource Resource(string content) => EncodedResource.FromBytes(
        content[0] switch
        {
            'l' => XdsType.Listener,
            'r' => XdsType.RouteConfiguration,
            'c' => XdsType.Cluster,
            'e' => XdsType.ClusterLoadAssignment,
            _ => XdsType.Secret,
        },
        content[..1], Encoding.UTF8.GetBytes(content), [], ResourceRefs.None);
}
