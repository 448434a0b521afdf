using Envoy.Extensions.Filters.Http.LocalRatelimit.V3;
using GlooBucket = Solo.Gloo.Options.LocalRatelimit.TokenBucket;
using LimitSettings = Solo.Gloo.Options.LocalRatelimit.Settings;
using XRateLimitHeaders = Envoy.Extensions.Common.Ratelimit.V3.XRateLimitHeadersRFCVersion;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>httpLocalRatelimit</c> of listeners and <c>ratelimit.localRatelimit</c> of virtual hosts and routes
/// (envoy-translation 9.6).
/// </summary>
internal sealed class HttpLocalRateLimit : HttpFeature
{
    private const string Name = "envoy.filters.http.local_ratelimit";

    public override string ListenerFields => "httpLocalRatelimit";

    public override string VirtualHostFields => "ratelimit";

    public override string RouteFields => "ratelimit";

    public override void OnListener(FilterChainScope chain)
    {
        var settings = chain.Options.HttpLocalRatelimit;
        if (settings?.DefaultLimit is null && !chain.Wants(Name)) return;
        var problems = new List<Problem>();
        chain.Add(
            FilterSlot.Before(FilterStage.AuthN), Name,
            Config(settings, settings?.DefaultLimit, "httpLocalRatelimit.defaultLimit", problems));
        foreach (var problem in problems) chain.Error(problem.Message, EnvoyCodes.InvalidListener);
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        if (host.Options.Ratelimit?.LocalRatelimit is { } bucket)
            host.Configure(Name, Config(
                host.Http.Options?.HttpLocalRatelimit, bucket, "ratelimit.localRatelimit", host.Problems));
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Options.Ratelimit?.LocalRatelimit is { } bucket)
            route.Configure(Name, Config(
                route.Host.Http.Options?.HttpLocalRatelimit, bucket, "ratelimit.localRatelimit", route.Problems));
    }

    // Without a bucket the filter is inert.
    private static LocalRateLimit Config(
        LimitSettings? settings, GlooBucket? bucket, string field, List<Problem> problems)
    {
        var output = new LocalRateLimit
        {
            StatPrefix = "http_local_ratelimit",
            Stage = 3,
            LocalRateLimitPerDownstreamConnection = settings?.LocalRateLimitPerDownstreamConnection ?? false,
            EnableXRatelimitHeaders = settings?.EnableXRatelimitHeaders == true
                ? XRateLimitHeaders.DraftVersion03
                : XRateLimitHeaders.Off,
        };
        if (bucket is null) return output;
        output.TokenBucket = TokenBuckets.Of(bucket, field, problems);
        output.FilterEnabled = Percents.Always();
        output.FilterEnforced = Percents.Always();
        return output;
    }
}
