namespace Stagedoor.Translation.Envoy;

/// <summary>
/// What the matcher of a hybrid or aggregate listener says of addresses (envoy-translation 2.3, row 7).
/// </summary>
internal static class ChainMatchers
{
    /// <summary>
    /// Narrows a chain by the matcher. False if a condition cannot be said to Envoy: without it the chain would match
    /// more than was asked for, so there must be none.
    /// </summary>
    public static bool Apply(GlooV1.Matcher? matcher, EnvoyListener.FilterChain chain, Action<string> report)
    {
        if (matcher is null) return true;
        var isFit = true;
        foreach (var range in matcher.SourcePrefixRanges)
            if (Range(range, "sourcePrefixRanges") is { } output)
                MatchOf(chain).SourcePrefixRanges.Add(output);
        foreach (var range in matcher.PrefixRanges)
            if (Range(range, "prefixRanges") is { } output)
                MatchOf(chain).PrefixRanges.Add(output);
        if (matcher.DestinationPort is > 0 and <= 65535)
            MatchOf(chain).DestinationPort = matcher.DestinationPort;
        else if (matcher.DestinationPort is > 65535)
            Unfit("destinationPort must be at most 65535");
        return isFit;

        EnvoyCore.CidrRange? Range(Solo.Envoy.Config.Core.V3.CidrRange range, string field)
        {
            if (Cidr.Problem(range.AddressPrefix, range.PrefixLen ?? 0) is { } why)
            {
                Unfit($"{field}: {why}");
                return null;
            }

            return new EnvoyCore.CidrRange { AddressPrefix = range.AddressPrefix, PrefixLen = range.PrefixLen ?? 0 };
        }

        void Unfit(string why)
        {
            isFit = false;
            report(why);
        }
    }

    private static EnvoyListener.FilterChainMatch MatchOf(EnvoyListener.FilterChain chain) =>
        chain.FilterChainMatch ??= new EnvoyListener.FilterChainMatch();
}
