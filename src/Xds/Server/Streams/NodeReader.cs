using Envoy.Config.Core.V3;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>What of a request's <c>node</c> is used.</summary>
internal static class NodeReader
{
    /// <summary>The field of the metadata that names the snapshot.</summary>
    public const string RoleField = "role";

    private const string TtlFeature = "xds.config.supports-resource-ttl";

    /// <summary>Who the client is; a request without a node is nobody's and has no role.</summary>
    public static NodeIdentity Read(Node? node)
    {
        if (node is null) return new NodeIdentity("", "", null, "");
        Value? role = null;
        node.Metadata?.Fields.TryGetValue(RoleField, out role);
        return new NodeIdentity(
            node.Id, node.Cluster, role is { KindCase: Value.KindOneofCase.StringValue } ? role.StringValue : null,
            UserAgent(node))
        {
            SupportsTtl = node.ClientFeatures.Contains(TtlFeature),
        };
    }

    private static string UserAgent(Node node)
    {
        var version = node.UserAgentBuildVersion?.Version is { } build
            ? $"{build.MajorNumber}.{build.MinorNumber}.{build.Patch}"
            : node.UserAgentVersion;
        return $"{node.UserAgentName} {version}".Trim();
    }
}
