using Envoy.Config.Ratelimit.V3;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Solo.Api.Ratelimit;
using EnvoyFilter = Envoy.Extensions.Filters.Http.Ratelimit.V3.RateLimit;
using LimitSettings = Solo.Gloo.Options.Ratelimit.Settings;
using XRateLimitHeaders =
    Envoy.Extensions.Filters.Http.Ratelimit.V3.RateLimit.Types.XRateLimitHeadersRFCVersion;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>ratelimitServer</c> of listeners and Settings, <c>ratelimit.rateLimits</c> of virtual hosts and routes: a server
/// counts descriptors of requests (envoy-translation 9.2).
/// </summary>
internal sealed class RateLimitService : HttpFeature
{
    private const string Name = "envoy.filters.http.ratelimit";

    private static readonly Duration DefaultTimeout = new() { Nanos = 100_000_000 };

    private static readonly (string Field, string Feature)[] Enterprise =
    [
        ("ratelimitBasic", "ratelimitBasic"), ("rateLimitConfigs", "RateLimitConfig"),
        ("ratelimitEarly", "RateLimitEarly"), ("rateLimitEarlyConfigs", "RateLimitEarly"),
        ("ratelimitRegular", "RateLimitRegular"), ("rateLimitRegularConfigs", "RateLimitRegular"),
    ];

    private static readonly string PerRouteFields =
        "ratelimit " + string.Join(' ', Enterprise.Select(field => field.Field));

    public override string ListenerFields => "ratelimitServer";

    public override string VirtualHostFields => PerRouteFields;

    public override string RouteFields => PerRouteFields;

    public override void OnListener(FilterChainScope chain)
    {
        if (SettingsOf(chain.Input.Options, chain.View.Settings) is not { RatelimitServerRef: { } server } settings)
            return;
        var timeout = settings.RequestTimeout ?? DefaultTimeout;
        if (!Durations.IsPositive(timeout))
        {
            chain.Error("ratelimitServer.requestTimeout must be greater than 0", EnvoyCodes.InvalidFilter);
            return;
        }

        var (state, cluster) = chain.Needs.Upstream(server);
        if (!state.IsServed)
        {
            chain.Warn(
                $"ratelimitServer: *v1.Upstream {{ {server.Namespace}.{server.Name} }} not found",
                EnvoyCodes.FilterServer);

            // Who wants requests refused when the server fails wants it all the more when there is none.
            if (!settings.DenyOnFail) return;
        }

        var isEarly = settings.RateLimitBeforeAuth;
        chain.Add(
            isEarly ? FilterSlot.Before(FilterStage.AuthN) : FilterSlot.During(FilterStage.RateLimit), Name,
            new EnvoyFilter
            {
                Domain = "custom",
                Stage = Stage(settings),
                RequestType = "both",
                Timeout = timeout,
                FailureModeDeny = settings.DenyOnFail,
                EnableXRatelimitHeaders = settings.EnableXRatelimitHeaders
                    ? XRateLimitHeaders.DraftVersion03
                    : XRateLimitHeaders.Off,
                RateLimitService = new RateLimitServiceConfig
                {
                    TransportApiVersion = EnvoyCore.ApiVersion.V3,
                    GrpcService = new EnvoyCore.GrpcService
                    {
                        EnvoyGrpc = new EnvoyCore.GrpcService.Types.EnvoyGrpc
                        {
                            ClusterName = cluster,
                            Authority = settings.GrpcService?.Authority ?? "",
                        },
                    },
                },
            });
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        if (host.Input.Options is not { } options) return;
        CheckEnterprise(options, host.Problems);
        if (options.Ratelimit is { } limits)
            Add(limits.RateLimits, host.Output.RateLimits, host.Http, host.View, host.Problems);
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Input.Options is not { } options) return;
        CheckEnterprise(options, route.Problems);
        if (options.Ratelimit is not { } limits) return;
        if (route.Action is not { } action)
        {
            if (limits.RateLimits.Count > 0) route.Error("ratelimit.rateLimits act on a routeAction only");
            return;
        }

        Add(limits.RateLimits, action.RateLimits, route.Host.Http, route.Host.View, route.Problems);
        action.IncludeVhRateLimits = limits.IncludeVhRateLimits;
    }

    private static void Add(
        RepeatedField<RateLimitActions> input, RepeatedField<EnvoyRoute.RateLimit> output, HttpContext http,
        TrackedView view, List<Problem> problems)
    {
        var stage = Stage(SettingsOf(http.Options, view.Settings));
        foreach (var limit in input)
        {
            if (limit.SetActions.Count > 0) problems.Add(EnterpriseOnly("setActions"));
            if (limit.Limit is not null)
                problems.Add(Problem.Error(EnvoyCodes.InvalidOption, "ratelimit: limit overrides are not supported"));
            var translated = new EnvoyRoute.RateLimit { Stage = stage };
            translated.Actions.AddRange(RateLimitDescriptors.Of(limit.Actions, view.Settings, problems));
            if (translated.Actions.Count > 0) output.Add(translated);
        }
    }

    private static LimitSettings? SettingsOf(GlooV1.HttpListenerOptions? options, GlooV1.Settings settings) =>
        options?.RatelimitServer ?? settings.RatelimitServer;

    private static uint Stage(LimitSettings? settings) => settings?.RateLimitBeforeAuth == true ? 3u : 1u;

    private static void CheckEnterprise(IMessage options, List<Problem> problems)
    {
        foreach (var (name, feature) in Enterprise)
        {
            var field = options.Descriptor.Fields.InDeclarationOrder().First(field => field.JsonName == name);
            if (field.Accessor.HasValue(options)) problems.Add(EnterpriseOnly(feature));
        }
    }

    private static Problem EnterpriseOnly(string feature) => Problem.Error(
        EnvoyCodes.EnterpriseProtection,
        $"The Gloo Advanced Rate limit API feature '{feature}' is enterprise-only, "
        + "please upgrade or use the Envoy rate-limit API instead");
}
