using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Translation.Envoy;

/// <summary>Address ranges as Envoy accepts them.</summary>
internal static class Cidr
{
    /// <summary>Why the range is refused; null if it is fit.</summary>
    public static string? Problem(string address, uint length)
    {
        if (!IPAddress.TryParse(address, out var ip)) return $"'{address}' is not an IP address";
        var bits = ip.AddressFamily == AddressFamily.InterNetwork ? 32u : 128u;
        return length > bits ? $"prefixLen must be at most {bits}" : null;
    }
}
