using GlooPolicy = Solo.Gloo.Options.Lbhash.HashPolicy;
using Policy = Envoy.Config.Route.V3.RouteAction.Types.HashPolicy;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>lbHash</c> of routes (envoy-translation 4.8).</summary>
internal static class HashPolicies
{
    public static void OnRoute(RouteScope route)
    {
        if (route.Options.LbHash is not { } hash) return;
        if (route.Action is not { } action)
        {
            route.Error("lbHash needs a route that goes to an Upstream");
            return;
        }

        foreach (var policy in hash.HashPolicies) action.HashPolicy.Add(Translate(route, policy));
    }

    private static Policy Translate(RouteScope route, GlooPolicy input)
    {
        var output = new Policy { Terminal = input.Terminal };
        switch (input.KeyTypeCase)
        {
            case GlooPolicy.KeyTypeOneofCase.Header:
                if (!HeaderChecks.IsToken(input.Header)) route.Error("lbHash: header must be the name of a header");
                output.Header = new Policy.Types.Header { HeaderName = input.Header };
                break;
            case GlooPolicy.KeyTypeOneofCase.Cookie:
                if (input.Cookie.Name.Length == 0) route.Error("lbHash: a cookie needs a name");
                if (input.Cookie.Ttl is { } ttl && !Durations.IsValid(ttl))
                    route.Error("lbHash: ttl must not be negative");
                output.Cookie = new Policy.Types.Cookie
                {
                    Name = input.Cookie.Name,
                    Ttl = input.Cookie.Ttl,
                    Path = input.Cookie.Path,
                };
                break;
            case GlooPolicy.KeyTypeOneofCase.SourceIp:
                output.ConnectionProperties = new Policy.Types.ConnectionProperties { SourceIp = input.SourceIp };
                break;
            default:
                route.Error("lbHash: a policy needs one of header, cookie, sourceIp");
                break;
        }

        return output;
    }
}
