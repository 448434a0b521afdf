using System.Collections.Immutable;

namespace Stagedoor.Translation.Gateway;

/// <summary>The Proxies that a Gateway feeds.</summary>
internal static class ProxyNames
{
    private static readonly ImmutableArray<string> Default = ["gateway-proxy"];

    /// <summary>Names as written, without repetitions; <c>gateway-proxy</c> if there are none (1.1).</summary>
    public static ImmutableArray<string> Of(Solo.Gateway.Gateway gateway) => gateway.ProxyNames.Count switch
    {
        0 => Default,
        1 => [gateway.ProxyNames[0]],
        _ => [.. gateway.ProxyNames.Distinct(StringComparer.Ordinal)],
    };
}
