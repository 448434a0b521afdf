using Envoy.Config.Rbac.V3;
using Envoy.Extensions.Filters.Http.Rbac.V3;
using Action = Envoy.Config.Rbac.V3.RBAC.Types.Action;
using EnvoyFilter = Envoy.Extensions.Filters.Http.Rbac.V3.RBAC;
using GlooPolicies = Solo.Gloo.Options.Rbac.ExtensionSettings;
using GlooPolicy = Solo.Gloo.Options.Rbac.Policy;
using GlooPrincipal = Solo.Gloo.Options.Rbac.JWTPrincipal;
using Matching = Solo.Gloo.Options.Rbac.JWTPrincipal.Types.ClaimMatcher;
using Path = Envoy.Type.Matcher.V3.MetadataMatcher.Types.PathSegment;
using Rules = Envoy.Config.Rbac.V3.RBAC;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>rbac</c>: who may do what, by the claims of verified tokens. Enterprise-only with Gloo, and a filter of stock
/// Envoy.
/// </summary>
internal sealed class RoleBasedAccess : HttpFeature
{
    private const string Name = "envoy.filters.http.rbac";
    private const string Claims = "envoy.filters.http.jwt_authn";

    public override string VirtualHostFields => "rbac";

    public override string RouteFields => "rbac";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.IsUsed(Name)) chain.Add(FilterSlot.During(FilterStage.AuthZ), Name, new EnvoyFilter());
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        var providers = ProvidersOf(JwtPolicies.NameOf(host.Input), JwtPolicies.Of(host.Options));
        if (host.Options.Rbac is { } input) host.Configure(Name, PerRoute(input, providers, host.View, host.Problems));
        else if (host.View.Settings.Rbac?.RequireRbac == true)
            host.Configure(Name, new RBACPerRoute { Rbac = new EnvoyFilter { Rules = new Rules() } });
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Options.Rbac is not { } input) return;
        var host = route.Host;
        var providers = ProvidersOf(JwtPolicies.NameOf(host.Input, route.Index), JwtPolicies.Of(route.Options));
        if (providers.Count == 0)
            providers = ProvidersOf(JwtPolicies.NameOf(host.Input), JwtPolicies.Of(host.Options));
        route.Configure(Name, PerRoute(input, providers, host.View, route.Problems));
    }

    private static Dictionary<string, string> ProvidersOf(
        string owner,
        (Solo.Gloo.Options.Jwt.VhostExtension? Before, Solo.Gloo.Options.Jwt.VhostExtension? After) policies) =>
        (policies.Before?.Providers.Keys ?? []).Concat(policies.After?.Providers.Keys ?? [])
            .Distinct().Order(StringComparer.Ordinal)
            .ToDictionary(name => name, name => JwtPolicies.ProviderOf(owner, name), StringComparer.Ordinal);

    private static RBACPerRoute PerRoute(
        GlooPolicies input, Dictionary<string, string> providers, TrackedView view, List<Problem> problems)
    {
        if (input.Disable) return new RBACPerRoute();
        var rules = new Rules { Action = Action.Allow };
        foreach (var (name, policy) in input.Policies.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var output = new Policy { Permissions = { Permission(policy) } };
            foreach (var principal in policy.Principals)
            {
                if (principal.JwtPrincipal is { Claims.Count: > 0 } jwt)
                    output.Principals.Add(Principal(jwt, policy, providers, view, problems));
                else Error(problems, $"{name}: a principal needs jwtPrincipal with claims");
            }

            if (policy.Principals.Count == 0) Error(problems, $"{name}: principals must not be empty");
            rules.Policies.Add(name, output);
        }

        return new RBACPerRoute { Rbac = new EnvoyFilter { Rules = rules } };
    }

    private static Permission Permission(GlooPolicy policy)
    {
        var all = new List<Permission>();
        if (policy.Permissions?.PathPrefix is { Length: > 0 } prefix)
            all.Add(new Permission
            {
                UrlPath = new EnvoyMatcher.PathMatcher { Path = new EnvoyMatcher.StringMatcher { Prefix = prefix } },
            });
        if (policy.Permissions is { Methods.Count: > 0 } permissions)
        {
            var methods = new Permission.Types.Set();
            foreach (var method in permissions.Methods)
                methods.Rules.Add(new Permission
                {
                    Header = new EnvoyRoute.HeaderMatcher { Name = ":method", ExactMatch = method },
                });
            all.Add(new Permission { OrRules = methods });
        }

        return all.Count switch
        {
            0 => new Permission { Any = true },
            1 => all[0],
            _ => new Permission { AndRules = new Permission.Types.Set { Rules = { all } } },
        };
    }

    private static Principal Principal(
        GlooPrincipal input, GlooPolicy policy, Dictionary<string, string> providers, TrackedView view,
        List<Problem> problems)
    {
        string[] ids = input.Provider.Length == 0 ? [.. providers.Values]
            : providers.TryGetValue(input.Provider, out var id) ? [id]
            : [];
        if (ids.Length == 0)
            Error(problems, input.Provider.Length == 0
                ? "there is no provider of tokens"
                : $"there is no provider '{input.Provider}' of tokens");
        var any = ids.Select(provider =>
        {
            var claims = input.Claims.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(
                claim => new Principal { Metadata = Claim(provider, claim, input.Matcher, policy, view, problems) });
            return And([.. claims]);
        }).ToArray();
        return any.Length == 1
            ? any[0]
            : new Principal { OrIds = new Principal.Types.Set { Ids = { any } } };
    }

    private static Principal And(Principal[] all) =>
        all.Length == 1 ? all[0] : new Principal { AndIds = new Principal.Types.Set { Ids = { all } } };

    private static EnvoyMatcher.MetadataMatcher Claim(
        string provider, KeyValuePair<string, string> claim, Matching matching, GlooPolicy policy, TrackedView view,
        List<Problem> problems)
    {
        var output = new EnvoyMatcher.MetadataMatcher { Filter = Claims, Path = { new Path { Key = provider } } };
        string[] names = policy.NestedClaimDelimiter.Length > 0
            ? claim.Key.Split(policy.NestedClaimDelimiter)
            : [claim.Key];
        foreach (var name in names)
        {
            if (name.Length == 0) Error(problems, $"claim '{claim.Key}' has an empty part");
            output.Path.Add(new Path { Key = name });
        }

        var text = new EnvoyMatcher.ValueMatcher
        {
            StringMatch = new EnvoyMatcher.StringMatcher { Exact = claim.Value },
        };
        output.Value = matching switch
        {
            Matching.Boolean when bool.TryParse(claim.Value, out var value) =>
                new EnvoyMatcher.ValueMatcher { BoolMatch = value },
            Matching.ListContains => new EnvoyMatcher.ValueMatcher
            {
                ListMatch = new EnvoyMatcher.ListMatcher { OneOf = text },
            },
            Matching.RegexMatch => new EnvoyMatcher.ValueMatcher
            {
                StringMatch = StringMatchers.Regex(claim.Value, RegexLimit.Of(view.Settings), problems),
            },
            _ => text,
        };
        if (matching == Matching.Boolean && output.Value == text)
            Error(problems, $"claim '{claim.Key}' must be true or false");
        return output;
    }

    private static void Error(List<Problem> problems, string reason) =>
        problems.Add(Problem.Error(EnvoyCodes.InvalidFilter, $"rbac: {reason}"));
}
