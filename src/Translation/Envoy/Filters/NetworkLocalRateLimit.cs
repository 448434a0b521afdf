using Envoy.Extensions.Filters.Network.LocalRatelimit.V3;
using Stagedoor.Translation.Validation;
using GlooBucket = Solo.Gloo.Options.LocalRatelimit.TokenBucket;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// A limit of new connections: <c>networkLocalRatelimit</c> of HTTP listeners, <c>localRatelimit</c> of TCP listeners
/// (envoy-translation 2.5).
/// </summary>
internal sealed class NetworkLocalRateLimit : HttpFeature
{
    private const string Name = "envoy.filters.network.local_ratelimit";

    public override string ListenerFields => "networkLocalRatelimit";

    public override void OnListener(FilterChainScope chain)
    {
        var problems = new List<Problem>();
        Add(chain.Options.NetworkLocalRatelimit, "networkLocalRatelimit", chain.Network, problems);
        chain.Report(problems);
    }

    /// <summary>Adds the filter to a chain; a bucket that is refused takes the listener away.</summary>
    public static void Add(GlooBucket? bucket, string field, StagedFilters filters, List<Problem> problems)
    {
        if (bucket is null) return;
        var found = new List<Problem>();
        var output = TokenBuckets.Of(bucket, field, found);
        problems.AddRange(found.Select(problem => problem with { Code = EnvoyCodes.InvalidListener }));
        if (output is null) return;
        filters.Add(FilterSlot.During(FilterStage.RateLimit), Name, AnyTypes.Pack(new LocalRateLimit
        {
            StatPrefix = "network_local_ratelimit",
            TokenBucket = output,
        }));
    }
}
