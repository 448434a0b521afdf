using System.Globalization;
using GlooExtension = Solo.Gloo.Options.Jwt.VhostExtension;
using GlooRoute = Solo.Gloo.Options.Jwt.RouteExtension;
using JwtCase = Solo.Gloo.VirtualHostOptions.JwtConfigOneofCase;
using RouteCase = Solo.Gloo.RouteOptions.JwtConfigOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>Which tokens a virtual host or route asks for, before and after external authorisation.</summary>
internal static class JwtPolicies
{
    /// <summary>Of a virtual host; the deprecated form acts after.</summary>
    public static (GlooExtension? Before, GlooExtension? After) Of(GlooV1.VirtualHostOptions? options) =>
        options?.JwtConfigCase switch
        {
            JwtCase.Jwt => (null, options.Jwt),
            JwtCase.JwtStaged => (options.JwtStaged.BeforeExtAuth, options.JwtStaged.AfterExtAuth),
            _ => (null, null),
        };

    /// <summary>Of a route that has providers of its own.</summary>
    public static (GlooExtension? Before, GlooExtension? After) Of(GlooV1.RouteOptions? options) =>
        options?.JwtConfigCase == RouteCase.JwtProvidersStaged
            ? (options.JwtProvidersStaged.BeforeExtAuth, options.JwtProvidersStaged.AfterExtAuth)
            : (null, null);

    /// <summary>Whether a route asks for nothing.</summary>
    public static (bool Before, bool After) IsDisabled(GlooV1.RouteOptions options)
    {
        return options.JwtConfigCase switch
        {
            RouteCase.Jwt => (false, Is(options.Jwt)),
            RouteCase.JwtStaged => (Is(options.JwtStaged.BeforeExtAuth), Is(options.JwtStaged.AfterExtAuth)),
            _ => (false, false),
        };

        static bool Is(GlooRoute? route) => route?.Disable == true;
    }

    /// <summary>Name of a virtual host's requirement, and the stem of its providers' names.</summary>
    public static string NameOf(GlooV1.VirtualHost host) => host.Name;

    /// <summary>The same of a route.</summary>
    public static string NameOf(GlooV1.VirtualHost host, int route) =>
        string.Create(CultureInfo.InvariantCulture, $"{host.Name}.routes[{route}]");

    /// <summary>Name of a provider, under which what it found in a token is kept.</summary>
    public static string ProviderOf(string owner, string provider) => $"{owner}.{provider}";
}
