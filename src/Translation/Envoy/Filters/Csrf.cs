using Envoy.Extensions.Filters.Http.Csrf.V3;
using GlooPolicy = Solo.Envoy.Extensions.Filters.Http.Csrf.V3.CsrfPolicy;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>csrf</c> of listeners, virtual hosts, routes and weighted destinations (envoy-translation 8).</summary>
internal sealed class Csrf : HttpFeature
{
    private const string Name = "envoy.filters.http.csrf";

    public override string ListenerFields => "csrf";

    public override string VirtualHostFields => "csrf";

    public override string RouteFields => "csrf";

    public override string WeightedFields => "csrf";

    public override void OnListener(FilterChainScope chain)
    {
        var own = chain.Options.Csrf;
        if (own is null && !chain.Wants(Name)) return;
        var problems = new List<Problem>();
        chain.Add(FilterSlot.During(FilterStage.Route), Name, Policy(own ?? new GlooPolicy(), chain.View, problems));
        foreach (var problem in problems) chain.Error(problem.Message, EnvoyCodes.InvalidListener);
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        if (host.Options.Csrf is { } policy) host.Configure(Name, Policy(policy, host.View, host.Problems));
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Options.Csrf is { } policy)
            route.Configure(Name, Policy(policy, route.Host.View, route.Problems));
    }

    public override void OnDestination(DestinationScope destination)
    {
        if (destination.Options.Csrf is not { } policy) return;
        destination.Configure(Name, Policy(policy, destination.Route.Host.View, destination.Route.Problems));
    }

    // Without filterEnabled Envoy would check every request, Gloo checks none.
    private static CsrfPolicy Policy(GlooPolicy policy, TrackedView view, List<Problem> problems)
    {
        var output = new CsrfPolicy
        {
            FilterEnabled = policy.FilterEnabled is { } enabled ? Percents.Of(enabled) : Percents.Hundredths(0),
            ShadowEnabled = policy.ShadowEnabled is { } shadow ? Percents.Of(shadow) : null,
        };
        var limit = RegexLimit.Of(view.Settings);
        var invalid = new List<Problem>();
        foreach (var origin in policy.AdditionalOrigins)
        {
            if (StringMatchers.Of(origin, limit, invalid) is { } matcher) output.AdditionalOrigins.Add(matcher);
            else Error(problems, "an origin needs exact, prefix, suffix or safeRegex");
        }

        foreach (var problem in invalid) Error(problems, problem.Message);
        return output;
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidOption, $"csrf.additionalOrigins: {reason}"));
}
