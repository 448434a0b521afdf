using ResponseCode = Envoy.Config.Route.V3.RedirectAction.Types.RedirectResponseCode;
using Specifier = Solo.Gloo.RedirectAction.PathRewriteSpecifierOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>redirectAction</c> (envoy-translation 4.5).</summary>
internal static class Redirects
{
    public static void Apply(RouteScope route, GlooV1.RedirectAction action)
    {
        var redirect = new EnvoyRoute.RedirectAction
        {
            HostRedirect = action.HostRedirect,
            ResponseCode = (ResponseCode)(int)action.ResponseCode,
            HttpsRedirect = action.HttpsRedirect,
            StripQuery = action.StripQuery,
        };
        Check(route, PathHygiene.Check(action.HostRedirect), "hostRedirect");
        if (action.PortRedirect is { } port)
        {
            if (port is 0 or > 65535) route.Error("portRedirect must be between 1 and 65535", EnvoyCodes.InvalidAction);
            redirect.PortRedirect = port;
        }

        switch (action.PathRewriteSpecifierCase)
        {
            case Specifier.PathRedirect:
                Check(route, PathHygiene.Check(action.PathRedirect), "pathRedirect");
                redirect.PathRedirect = action.PathRedirect;
                break;
            case Specifier.PrefixRewrite:
                Check(route, PathHygiene.CheckRewrite(action.PrefixRewrite), "prefixRewrite");
                redirect.PrefixRewrite = action.PrefixRewrite;
                break;
            case Specifier.RegexRewrite:
                redirect.RegexRewrite = Rewrites.Regex(route, action.RegexRewrite, "redirectAction.regexRewrite");
                break;
        }

        route.Output.Redirect = redirect;
    }

    private static void Check(RouteScope route, string? problem, string field)
    {
        if (problem is not null) route.Error($"redirectAction.{field}: {problem}", EnvoyCodes.InvalidAction);
    }
}
