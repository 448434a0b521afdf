using Envoy.Extensions.Filters.Network.ConnectionLimit.V3;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Stagedoor.Translation.Validation;
using GlooLimit = Solo.Gloo.Options.ConnectionLimit.ConnectionLimit;
using NetworkRateLimit = Envoy.Extensions.Filters.Network.LocalRatelimit.V3.LocalRateLimit;
using TokenBucket = Solo.Gloo.Options.LocalRatelimit.TokenBucket;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Network filters in front of the connection manager or the TCP proxy, in Gloo's stages (envoy-translation 2.5).
/// </summary>
internal static class NetworkFilters
{
    private const int RateLimitStage = 5;

    /// <summary>Those of an HTTP listener.</summary>
    public static IEnumerable<EnvoyListener.Filter> OfHttp(ListenerScope listener, GlooV1.HttpListener http) =>
        Of(listener, http.Options?.ConnectionLimit, http.Options?.NetworkLocalRatelimit, http.CustomNetworkFilters);

    /// <summary>Those of a TCP listener.</summary>
    public static IEnumerable<EnvoyListener.Filter> OfTcp(ListenerScope listener, GlooV1.TcpListener tcp) =>
        Of(listener, tcp.Options?.ConnectionLimit, tcp.Options?.LocalRatelimit, tcp.CustomNetworkFilters);

    private static IEnumerable<EnvoyListener.Filter> Of(
        ListenerScope listener, GlooLimit? limit, TokenBucket? bucket, RepeatedField<GlooV1.CustomEnvoyFilter> custom)
    {
        var filters = new List<(int Stage, int Weight, EnvoyListener.Filter Filter)>();
        if (Limit(listener, limit) is { } connections) filters.Add((RateLimitStage, -1, connections));
        if (RateLimit(listener, bucket) is { } rate) filters.Add((RateLimitStage, 0, rate));
        foreach (var filter in custom) Custom(listener, filter, filters);
        return filters
            .OrderBy(filter => filter.Stage).ThenBy(filter => filter.Weight)
            .ThenBy(filter => filter.Filter.Name, StringComparer.Ordinal)
            .ThenBy(filter => filter.Filter.TypedConfig.TypeUrl, StringComparer.Ordinal)
            .Select(filter => filter.Filter);
    }

    private static EnvoyListener.Filter? Limit(ListenerScope listener, GlooLimit? limit)
    {
        if (limit?.MaxActiveConnections is not { } most) return null;
        if (most < 1) listener.Error("connectionLimit.maxActiveConnections must be at least 1");
        if (limit.DelayBeforeClose is { } delay && !Durations.IsValid(delay))
            listener.Error("connectionLimit.delayBeforeClose must not be negative");

        // The name of the type is Gloo's name of the filter (2.5).
        return Filter(ConnectionLimit.Descriptor.FullName, new ConnectionLimit
        {
            StatPrefix = "connection_limit",
            MaxConnections = most,
            Delay = limit.DelayBeforeClose,
        });
    }

    private static EnvoyListener.Filter? RateLimit(ListenerScope listener, TokenBucket? bucket)
    {
        if (bucket is null) return null;
        var fill = bucket.FillInterval ?? Durations.Seconds(1);
        if (bucket.MaxTokens < 1) listener.Error("the local rate limit's maxTokens must be at least 1");
        if (bucket.TokensPerFill is 0) listener.Error("the local rate limit's tokensPerFill must be at least 1");
        if (!Durations.IsValid(fill) || Durations.Milliseconds(fill) < 50)
            listener.Error("the local rate limit's fillInterval must be at least 50 ms");
        return Filter("envoy.filters.network.local_ratelimit", new NetworkRateLimit
        {
            StatPrefix = "network_local_ratelimit",
            TokenBucket = new EnvoyType.TokenBucket
            {
                MaxTokens = bucket.MaxTokens,
                TokensPerFill = bucket.TokensPerFill,
                FillInterval = fill,
            },
        });
    }

    private static void Custom(
        ListenerScope listener, GlooV1.CustomEnvoyFilter custom,
        List<(int Stage, int Weight, EnvoyListener.Filter Filter)> filters)
    {
        if (custom.Name.Length == 0 || custom.Config is null || custom.FilterStage is null)
        {
            listener.Error("a custom network filter needs a name, a filterStage and a config");
            return;
        }

        filters.Add(((int)custom.FilterStage.Stage, Weight(custom.FilterStage), new EnvoyListener.Filter
        {
            Name = custom.Name,
            TypedConfig = custom.Config,
        }));
    }

    private static int Weight(GlooV1.Filters.FilterStage stage) => stage.Predicate switch
    {
        GlooV1.Filters.FilterStage.Types.Predicate.Before => -1,
        GlooV1.Filters.FilterStage.Types.Predicate.After => 1,
        _ => 0,
    };

    private static EnvoyListener.Filter Filter(string name, IMessage config) =>
        new() { Name = name, TypedConfig = AnyTypes.Pack(config) };
}
