using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Names in Envoy's configuration that users' dashboards and tools rely on (envoy-translation 4.10 and 5.1).
/// </summary>
internal static class EnvoyNames
{
    /// <summary>Prefix of the Upstreams that stand for the ports of Kubernetes Services.</summary>
    public const string KubePrefix = "kube-svc:";

    private const int MaxNameBytes = 63;

    /// <summary>The cluster of an Upstream: <c>name_namespace</c>, or the name alone without a namespace.</summary>
    public static string Cluster(ResourceKey upstream) =>
        upstream.Namespace.Length == 0 ? upstream.Name : $"{upstream.Name}_{upstream.Namespace}";

    /// <summary>The Upstream that stands for a port of a Kubernetes Service.</summary>
    public static ResourceKey KubeUpstream(string ns, string service, uint port) => ResourceKey.Of(
        ResourceKinds.Upstream, ns,
        KubePrefix + Sanitize(string.Create(CultureInfo.InvariantCulture, $"{ns}-{service}-{port}")));

    /// <summary>Gloo's SanitizeNameV2: a name that Kubernetes accepts; long ones end in part of their MD5.</summary>
    public static string Sanitize(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (character is '*' or '/' or '.' or ':' or '_' or ' ') text.Append('-');
            else if (character is not ('[' or ']' or '\n' or '"' or '\'')) text.Append(character);
        }

        var sanitized = text.ToString();
        if (Encoding.UTF8.GetByteCount(sanitized) > MaxNameBytes)
        {
            // Names are compared with those that Gloo made: its choice of hash is part of the name, not of any
            // security.
#pragma warning disable CA5351
            var hash = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(sanitized)));
#pragma warning restore CA5351
            sanitized = $"{sanitized[..31]}-{hash[..31]}";
        }

        return sanitized.ToLowerInvariant();
    }
}
