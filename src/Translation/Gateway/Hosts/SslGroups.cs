using System.Globalization;
using System.IO.Hashing;
using Google.Protobuf;
using Solo.Gloo;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// VirtualServices that differ in their SNI domains only share a filter chain (gateway-translation 1.6).
/// </summary>
internal static class SslGroups
{
    /// <summary>The sslConfig without its SNI domains; empty if there is none.</summary>
    public static ByteString KeyOf(SslConfig? ssl)
    {
        if (ssl is null) return ByteString.Empty;
        if (ssl.SniDomains.Count == 0) return ssl.ToByteString();
        var bare = ssl.Clone();
        bare.SniDomains.Clear();
        return bare.ToByteString();
    }

    /// <summary>What groups are ordered by: the decimal text of a hash.</summary>
    public static string OrderOf(ByteString key) =>
        XxHash64.HashToUInt64(key.Span).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The config of a group: that of its first member, matching the SNI domains of all; everything if one has none.
    /// </summary>
    public static SslConfig Join(IEnumerable<SslConfig> members)
    {
        SslConfig? joined = null;
        var domains = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (joined is null)
            {
                joined = member.Clone();
                domains.UnionWith(member.SniDomains);
            }
            else if (member.SniDomains.Count == 0 || joined.SniDomains.Count == 0)
            {
                joined.SniDomains.Clear();
            }
            else
            {
                foreach (var domain in member.SniDomains)
                {
                    if (domains.Add(domain)) joined.SniDomains.Add(domain);
                }
            }
        }

        return joined ?? new SslConfig();
    }
}
