using Envoy.Extensions.Filters.Http.JwtAuthn.V3;
using Stagedoor.Api;
using GlooExtension = Solo.Gloo.Options.Jwt.VhostExtension;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>jwt</c>, <c>jwtStaged</c> and <c>jwtProvidersStaged</c>: tokens are verified before or after external
/// authorisation. Enterprise-only with Gloo, and a filter of stock Envoy; it keeps all providers on the listener, and
/// virtual hosts and routes name what they require.
/// </summary>
internal sealed class JwtAuthn : HttpFeature
{
    private const string After = "envoy.filters.http.jwt_authn";
    private const string Before = After + ".before_ext_auth";

    public override string VirtualHostFields => "jwt jwtStaged";

    public override string RouteFields => "jwt jwtStaged jwtProvidersStaged";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.IsUsed(Before))
            chain.Add(FilterSlot.Before(FilterStage.AuthN), Before, Filter(chain, policies => policies.Before));
        if (chain.IsUsed(After))
            chain.Add(FilterSlot.After(FilterStage.AuthN), After, Filter(chain, policies => policies.After));
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        var (before, after) = JwtPolicies.Of(host.Options);
        var name = JwtPolicies.NameOf(host.Input);
        if (Require(before, name, host, host.Problems) is { } early) host.Configure(Before, early);
        if (Require(after, name, host, host.Problems) is { } late) host.Configure(After, late);
    }

    public override void OnRoute(RouteScope route)
    {
        var (isBeforeOff, isAfterOff) = JwtPolicies.IsDisabled(route.Options);
        var (before, after) = JwtPolicies.Of(route.Options);
        var name = JwtPolicies.NameOf(route.Host.Input, route.Index);
        var (hasBefore, hasAfter) = JwtPolicies.Of(route.Host.Options);
        if (isBeforeOff && hasBefore is not null) route.Configure(Before, new PerRouteConfig { Disabled = true });
        else if (Require(before, name, route.Host, route.Problems) is { } early) route.Configure(Before, early);
        if (isAfterOff && hasAfter is not null) route.Configure(After, new PerRouteConfig { Disabled = true });
        else if (Require(after, name, route.Host, route.Problems) is { } late) route.Configure(After, late);
    }

    private static PerRouteConfig? Require(
        GlooExtension? input, string name, VirtualHostScope host, List<Problem> problems)
    {
        if (input is null) return null;
        JwtProviders.Add(
            name, input,
            reference =>
            {
                var key = ResourceKey.Of(ResourceKinds.Upstream, reference.Namespace, reference.Name);
                if (!host.Upstream(key).IsServed)
                    problems.Add(Problem.Warning(
                        EnvoyCodes.FilterServer,
                        $"jwt: *v1.Upstream {{ {key.Namespace}.{key.Name} }} not found: no token is accepted"));
                return EnvoyNames.Cluster(key);
            },
            new JwtAuthentication(), problems);
        return new PerRouteConfig { RequirementName = name };
    }

    // What is refused was reported where it stands, and closed.
    private static JwtAuthentication Filter(
        FilterChainScope chain,
        Func<(GlooExtension? Before, GlooExtension? After), GlooExtension?> choose)
    {
        var output = new JwtAuthentication();
        foreach (var host in chain.Hosts)
        {
            Add(choose(JwtPolicies.Of(host.Options)), JwtPolicies.NameOf(host));
            for (var i = 0; i < host.Routes.Count; i++)
                Add(choose(JwtPolicies.Of(host.Routes[i].Options)), JwtPolicies.NameOf(host, i));
        }

        return output;

        void Add(GlooExtension? input, string name)
        {
            if (input is null) return;
            var part = new JwtAuthentication();
            var problems = new List<Problem>();
            JwtProviders.Add(name, input, reference => chain.Needs.Upstream(reference).Cluster, part, problems);
            if (problems.Exists(problem => problem.Severity == Severity.Error)) return;
            output.Providers.Add(part.Providers);
            output.RequirementMap.Add(part.RequirementMap);
        }
    }
}
