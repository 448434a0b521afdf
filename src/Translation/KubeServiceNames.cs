using System.Security.Cryptography;
using System.Text;
using Stagedoor.Api;

namespace Stagedoor.Translation;

/// <summary>
/// Names of the in-memory Upstreams that stand for the ports of Kubernetes Services (gateway-translation 3.5).
/// </summary>
public static class KubeServiceNames
{
    /// <summary>What the names begin with; no stored object can be named so.</summary>
    public const string Prefix = "kube-svc:";

    private const int MaxLength = 63;
    private const int HalfLength = 31;

    /// <summary>The key of the Upstream of a Service's port; it is in the Service's namespace.</summary>
    public static ResourceKey KeyOf(string ns, string service, int port) =>
        ResourceKey.Of(ResourceKinds.Upstream, ns, Prefix + Sanitize($"{ns}-{service}-{port}"));

    /// <summary>
    /// A name that Kubernetes accepts: other characters become dashes, what is too long ends in a hash of the whole.
    /// </summary>
    public static string Sanitize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is '[' or ']' or '\n' or '"' or '\'') continue;
            text.Append(c is '*' or '/' or '.' or ':' or '_' or ' ' ? '-' : c);
        }

        var mapped = text.ToString();
        if (Encoding.UTF8.GetByteCount(mapped) > MaxLength)
            mapped = $"{mapped[..Math.Min(HalfLength, mapped.Length)]}-{Hash(mapped)}";
        return mapped.ToLowerInvariant();
    }

#pragma warning disable CA5351 // MD5 shortens a name here, as in Gloo; nothing rests on it being hard to collide.
    private static string Hash(string text) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)))[..HalfLength];
#pragma warning restore CA5351
}
