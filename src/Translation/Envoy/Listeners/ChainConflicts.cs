using System.Net;
using Google.Protobuf.Collections;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Filter chains that match the same connections. Envoy refuses the whole listener for two, so the elder keeps what
/// both want (envoy.md 6.4).
/// </summary>
internal static class ChainConflicts
{
    /// <summary>The chains in their order, without what belongs to elder ones; reports what was taken.</summary>
    public static List<FilterChainDraft> Resolve(ListenerScope listener)
    {
        var owners = new Dictionary<string, FilterChainDraft>(StringComparer.OrdinalIgnoreCase);
        var lost = new HashSet<FilterChainDraft>(ReferenceEqualityComparer.Instance);
        foreach (var chain in listener.Chains.OrderBy(chain => Age(chain, listener)))
            if (!Claim(chain, owners, listener))
                lost.Add(chain);
        return [.. listener.Chains.Where(chain => !lost.Contains(chain))];
    }

    private static bool Claim(
        FilterChainDraft chain, Dictionary<string, FilterChainDraft> owners, ListenerScope listener)
    {
        var match = chain.Output.FilterChainMatch;
        if (match is null || match.ServerNames.Count == 0)
        {
            if (Owner("", match, owners) is { } owner)
            {
                Report(chain, owner, "it has no SNI domains, and neither has the elder", listener);
                return false;
            }

            Take("", match, chain, owners);
            return true;
        }

        foreach (var name in match.ServerNames.ToArray())
        {
            if (Owner(name, match, owners) is { } owner)
            {
                match.ServerNames.Remove(name);
                Report(chain, owner, $"SNI domain {name} belongs to the elder", listener);
            }
            else
            {
                Take(name, match, chain, owners);
            }
        }

        return match.ServerNames.Count > 0;
    }

    private static void Report(
        FilterChainDraft chain, FilterChainDraft owner, string why, ListenerScope listener)
    {
        foreach (var source in chain.Sources)
        {
            listener.Findings.Add(new Finding(
                [source],
                Problem.Error(
                    EnvoyCodes.FilterChainConflict,
                    "Listener Error: SSLConfigError. Reason: the filter chain matches the same connections as that of "
                        + $"{owner.Sources[0]}: {why}"),
                chain.Field));
        }
    }

    private static FilterChainDraft? Owner(
        string name, EnvoyListener.FilterChainMatch? match, Dictionary<string, FilterChainDraft> owners)
    {
        foreach (var key in Keys(name, match))
            if (owners.TryGetValue(key, out var owner))
                return owner;
        return null;
    }

    private static void Take(
        string name, EnvoyListener.FilterChainMatch? match, FilterChainDraft chain,
        Dictionary<string, FilterChainDraft> owners)
    {
        // A range may be listed twice.
        foreach (var key in Keys(name, match)) owners[key] = chain;
    }

    // Envoy looks the parts up one after the other, each by its most specific value: a collision is equality in all.
    private static IEnumerable<string> Keys(string name, EnvoyListener.FilterChainMatch? match)
    {
        if (match is null) return [$"{name}|0||||"];
        return
            from to in Ranges(match.PrefixRanges)
            from @from in Ranges(match.SourcePrefixRanges)
            select $"{name}|{match.DestinationPort ?? 0}|{to}|{@from}|{match.TransportProtocol}|";
    }

    private static IEnumerable<string> Ranges(RepeatedField<EnvoyCore.CidrRange> ranges) =>
        ranges.Count == 0 ? [""] : ranges.Select(Masked);

    private static string Masked(EnvoyCore.CidrRange range)
    {
        var bytes = IPAddress.Parse(range.AddressPrefix).GetAddressBytes();
        var bits = (int)(range.PrefixLen ?? 0);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xff00 >> Math.Clamp(bits - (i * 8), 0, 8));
        return $"{new IPAddress(bytes)}/{bits}";
    }

    private static DateTimeOffset Age(FilterChainDraft chain, ListenerScope listener) =>
        chain.Sources
            .Select(source => listener.View.View.Find(source)?.Metadata.Created ?? DateTimeOffset.MaxValue)
            .Min();
}
