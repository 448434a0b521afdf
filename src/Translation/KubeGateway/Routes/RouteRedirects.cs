using System.Text.RegularExpressions;
using Solo.Gloo;
using Stagedoor.Api.GatewayApi;
using Code = Solo.Gloo.RedirectAction.Types.RedirectResponseCode;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Redirects of a rule (HTTPRequestRedirectFilter).</summary>
internal static class RouteRedirects
{
    /// <summary>The action.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="match">The match, whose prefix may be replaced.</param>
    /// <param name="listener">Where the request came in: its port is the default.</param>
    public static RedirectAction Of(HttpRequestRedirectFilter filter, HttpRouteMatch match, ListenerState listener)
    {
        var action = new RedirectAction
        {
            ResponseCode = filter.StatusCode switch
            {
                301 => Code.MovedPermanently,
                303 => Code.SeeOther,
                307 => Code.TemporaryRedirect,
                308 => Code.PermanentRedirect,
                _ => Code.Found,
            },
            HttpsRedirect = filter.Scheme == "https",
            HostRedirect = filter.Hostname ?? "",
        };
        if (PortOf(filter, listener) is { } port) action.PortRedirect = (uint)port;
        if (filter.Path is not { } path) return action;
        if (path.Type == "ReplaceFullPath") action.PathRedirect = path.ReplaceFullPath ?? "";
        else Prefix(action, RouteMatches.Prefix(match.Path.Value), (path.ReplacePrefixMatch ?? "").TrimEnd('/'));
        return action;
    }

    private static void Prefix(RedirectAction action, string prefix, string value)
    {
        if (prefix == "/") action.PrefixRewrite = value + "/";
        else if (value.Length > 0) action.PrefixRewrite = value;
        else action.RegexRewrite = RouteFilters.Substitute($"^{Regex.Escape(prefix)}/*", "/");
    }

    // The port that goes without saying is left out of the location.
    private static int? PortOf(HttpRequestRedirectFilter filter, ListenerState listener)
    {
        var scheme = filter.Scheme ?? (listener.IsTls ? "https" : "http");
        var usual = scheme == "https" ? 443 : 80;
        var port = filter.Port ?? (filter.Scheme is null ? listener.Listener.Port : usual);
        return port == usual ? null : port;
    }
}
