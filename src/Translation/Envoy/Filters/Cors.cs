using Envoy.Extensions.Filters.Http.Cors.V3;
using AppendAction = Envoy.Config.Core.V3.HeaderValueOption.Types.HeaderAppendAction;
using CorsFilter = Envoy.Extensions.Filters.Http.Cors.V3.Cors;
using GlooPolicy = Solo.Gloo.Options.Cors.CorsPolicy;
using MergeStrategy = Solo.Gloo.Options.Cors.CorsPolicyMergeSettings.Types.MergeStrategy;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>cors</c> of virtual hosts and routes (envoy-translation 9.5).</summary>
internal sealed class Cors : HttpFeature
{
    private const string Name = "envoy.filters.http.cors";
    private const string RuntimeKey = "gloo.routeplugin.cors";

    public override string VirtualHostFields => "cors corsPolicyMergeSettings";

    public override string RouteFields => "cors";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Wants(Name)) chain.Add(FilterSlot.During(FilterStage.Cors), Name, new CorsFilter());
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        if (host.Options.Cors is not { } policy) return;
        if (policy.DisableForRoute) host.Warn("cors.disableForRoute acts on routes only");
        host.Configure(Name, Policy(policy, policy.ExposeHeaders, host.View, host.Problems));
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Options.Cors is not { } policy) return;
        if (route.Action is null)
        {
            if (route.Output.DirectResponse is null || policy.DisableForRoute)
                route.Error("cannot use cors plugin on non-Route_Route route actions");
            else Headers(route, policy);
            return;
        }

        var output = Policy(policy, Exposed(route, policy), route.Host.View, route.Problems);
        if (policy.DisableForRoute) output.FilterEnabled = Percents.Hundredths(0, RuntimeKey);
        route.Configure(Name, output);
    }

    private static IEnumerable<string> Exposed(RouteScope route, GlooPolicy policy)
    {
        var host = route.Host.Options;
        return host.CorsPolicyMergeSettings?.ExposeHeaders == MergeStrategy.Union
            && host.Cors is { ExposeHeaders.Count: > 0 } parent && policy.ExposeHeaders.Count > 0
                ? parent.ExposeHeaders.Concat(policy.ExposeHeaders).Distinct(StringComparer.Ordinal)
                : policy.ExposeHeaders;
    }

    private static CorsPolicy Policy(
        GlooPolicy policy, IEnumerable<string> exposed, TrackedView view, List<Problem> problems)
    {
        if (policy.AllowOrigin.Count == 0 && policy.AllowOriginRegex.Count == 0)
            Error(problems, "must provide at least one of allowOrigin or allowOriginRegex");
        if (policy.MaxAge.Length > 0 && !policy.MaxAge.All(char.IsAsciiDigit))
            Error(problems, "maxAge must be a number of seconds");
        var output = new CorsPolicy
        {
            AllowMethods = Joined("allowMethods", policy.AllowMethods, problems),
            AllowHeaders = Joined("allowHeaders", policy.AllowHeaders, problems),
            ExposeHeaders = Joined("exposeHeaders", exposed, problems),
            MaxAge = policy.MaxAge,
            AllowCredentials = policy.AllowCredentials ? true : null,
        };
        foreach (var origin in policy.AllowOrigin)
            output.AllowOriginStringMatch.Add(new EnvoyMatcher.StringMatcher { Exact = origin });
        var limit = RegexLimit.Of(view.Settings);
        var invalid = new List<Problem>();
        foreach (var regex in policy.AllowOriginRegex)
            output.AllowOriginStringMatch.Add(StringMatchers.Regex(regex, limit, invalid));
        foreach (var problem in invalid) Error(problems, $"allowOriginRegex: {problem.Message}");
        return output;
    }

    // Values go into headers as they are.
    private static string Joined(string field, IEnumerable<string> values, List<Problem> problems)
    {
        var joined = string.Join(',', values);
        if (joined.AsSpan().IndexOfAny('\0', '\r', '\n') >= 0)
            Error(problems, $"{field} must not hold NUL or line ends");
        return joined;
    }

    // A direct response passes no CORS filter, so its headers are fixed; headerManipulation would replace them.
    private static void Headers(RouteScope route, GlooPolicy policy)
    {
        Policy(policy, policy.ExposeHeaders, route.Host.View, route.Problems);
        if (route.Options.HeaderManipulation is not null) return;
        Add("Access-Control-Allow-Origin", policy.AllowOrigin.Concat(policy.AllowOriginRegex).Distinct());
        Add("Access-Control-Allow-Methods", policy.AllowMethods);
        Add("Access-Control-Allow-Headers", policy.AllowHeaders);
        Add("Access-Control-Expose-Headers", policy.ExposeHeaders);
        Add("Access-Control-Max-Age", [policy.MaxAge]);
        Add("Access-Control-Allow-Credentials", [policy.AllowCredentials ? "true" : "false"]);

        void Add(string name, IEnumerable<string> values) =>
            route.Output.ResponseHeadersToAdd.Add(new EnvoyCore.HeaderValueOption
            {
                Header = new EnvoyCore.HeaderValue
                {
                    Key = name,
                    Value = string.Join(',', values).Replace("%", "%%", StringComparison.Ordinal),
                },
                AppendAction = AppendAction.AppendIfExistsOrAdd,
            });
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidOption, $"cors: {reason}"));
}
