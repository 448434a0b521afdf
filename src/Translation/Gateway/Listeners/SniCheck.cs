using System.Collections.Immutable;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// A TCP host of a hybrid Gateway may only have SNI domains that its matcher lets through (gateway-translation 1.5).
/// </summary>
internal static class SniCheck
{
    /// <summary>The part without the hosts that have others; these are reported on the Gateway.</summary>
    public static SubGateway Apply(Resource gateway, SubGateway part, ImmutableArray<Diagnostic>.Builder errors)
    {
        if (part.Matcher?.SslConfig is not { SniDomains.Count: > 0 } ssl) return part;
        var allowed = ssl.SniDomains.ToHashSet(StringComparer.Ordinal);
        var violations = new List<string>();
        var kept = new List<TcpHost>();
        foreach (var host in part.Tcp!.TcpHosts)
        {
            var outside = host.SslConfig?.SniDomains.Where(domain => !allowed.Contains(domain)).ToList() ?? [];
            violations.AddRange(outside.Select(domain => $"{host.Name}:{domain}"));
            if (outside.Count == 0) kept.Add(host);
        }

        if (violations.Count == 0) return part;
        errors.Add(Remark.Error(
            gateway, GatewayCodes.SniOutsideMatcher, part.Field,
            "the SNI domains of these TCP hosts are not in the matcher's sniDomains; the hosts are left out: "
            + Shorten.Names(violations, violations.Count)));
        var tcp = ShallowMerge.ShallowCopy(part.Tcp);
        tcp.TcpHosts.Clear();
        tcp.TcpHosts.AddRange(kept);
        return part with { Tcp = tcp };
    }
}
