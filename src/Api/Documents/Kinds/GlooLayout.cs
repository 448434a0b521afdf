using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Stagedoor.Api.Documents;

/// <summary>
/// Gloo's own storage in folders (infrastructure 6.4): <c>[plural]/[namespace]/[name].yaml</c> holds the message
/// itself, without apiVersion, kind and spec.
/// </summary>
/// <param name="Kind">The kind that the folder stands for.</param>
/// <param name="Message">The message that the file holds.</param>
/// <param name="Namespace">The namespace that the folder stands for.</param>
internal sealed record GlooLayout(ResourceKind Kind, MessageDescriptor Message, string Namespace)
{
    private static readonly FrozenDictionary<string, (ResourceKind Kind, MessageDescriptor Message)> Folders =
        KindTable.Messages.Values
            .Where(row => row.Kind != ResourceKinds.RateLimitConfig)
            .Select(row => (Folder: Plural(row.Kind), row))
            .Append((Folder: "secrets", row: (ResourceKinds.Secret, Solo.Gloo.Secret.Descriptor)))
            .Append((Folder: "artifacts", row: (ResourceKinds.ConfigMap, Solo.Gloo.Artifact.Descriptor)))
            .ToFrozenDictionary(pair => pair.Folder, pair => pair.row, StringComparer.Ordinal);

    /// <summary>What the path of a file says, or null if it is not of this layout.</summary>
    public static GlooLayout? FromPath(string file)
    {
        var parts = file.Replace('\\', '/').Split('/');
        return parts.Length >= 3 && Folders.TryGetValue(parts[^3], out var row)
            ? new GlooLayout(row.Kind, row.Message, parts[^2])
            : null;
    }

    /// <summary>The body in the form that the kind's resources have.</summary>
    public static (object Body, ObjectMetadata? Metadata) ToBody(IMessage message, ObjectMetadata? metadata) =>
        message switch
        {
            Solo.Gloo.Secret secret => GlooSecrets.ToKubernetes(secret, metadata),
            Solo.Gloo.Artifact artifact => (GlooSecrets.ToKubernetes(artifact), metadata),
            _ => (message, metadata),
        };

    private static string Plural(ResourceKind kind)
    {
        if (kind == ResourceKinds.MatchableHttpGateway) return "httpgateways";
        if (kind == ResourceKinds.MatchableTcpGateway) return "tcpgateways";
        if (kind == ResourceKinds.Proxy) return "proxies";
        return kind == ResourceKinds.Settings ? "settings" : kind.Kind.ToLowerInvariant() + "s";
    }
}
