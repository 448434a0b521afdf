using GlooRegex = Solo.Envoy.Type.Matcher.V3.RegexMatchAndSubstitute;
using HostRewrite = Solo.Gloo.RouteOptions.HostRewriteTypeOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>Rewrites of path and host (envoy-translation 4.6).</summary>
internal static class Rewrites
{
    public static void OnRoute(RouteScope route)
    {
        if (route.Action is not { } action) return;
        var options = route.Options;
        if (!string.IsNullOrEmpty(options.PrefixRewrite))
        {
            if (PathHygiene.CheckRewrite(options.PrefixRewrite) is { } why) route.Error($"prefixRewrite: {why}");
            if (options.PrefixRewrite[0] != '/')
                route.Error("prefixRewrite must start with '/': Envoy answers 400 otherwise");
            action.PrefixRewrite = options.PrefixRewrite;
        }

        if (options.RegexRewrite is { } regex)
        {
            if (action.PrefixRewrite.Length > 0) route.Error("prefixRewrite and regexRewrite exclude each other");
            action.RegexRewrite = Regex(route, regex, "regexRewrite");
        }

        Host(route, action, options);
    }

    /// <summary>A regular expression with its substitution, checked.</summary>
    public static EnvoyMatcher.RegexMatchAndSubstitute Regex(RouteScope route, GlooRegex input, string field)
    {
        var limit = RegexLimit.Of(route.Host.View.Settings);
        var own = input.Pattern?.GoogleRe2?.MaxProgramSize;
        var problems = new List<Problem>();
        var pattern = RouteMatchers.Regex(
            input.Pattern?.Regex ?? "", own is { } size ? Math.Min(size, limit) : limit, problems);
        foreach (var problem in problems) route.Error($"{field}: {problem.Message}");
        if (input.Substitution.AsSpan().IndexOfAny('\0', '\r', '\n') >= 0)
            route.Error($"{field}.substitution must not hold NUL or line breaks");
        return new EnvoyMatcher.RegexMatchAndSubstitute { Pattern = pattern, Substitution = input.Substitution };
    }

    private static void Host(RouteScope route, EnvoyRoute.RouteAction action, GlooV1.RouteOptions options)
    {
        switch (options.HostRewriteTypeCase)
        {
            case HostRewrite.HostRewrite:
                if (HeaderChecks.CheckValue(
                        options.HostRewrite.Replace("%", "%%", StringComparison.Ordinal)) is { } why)
                    route.Error($"hostRewrite: {why}");
                action.HostRewriteLiteral = options.HostRewrite;
                break;
            case HostRewrite.AutoHostRewrite:
                action.AutoHostRewrite = options.AutoHostRewrite;
                break;
            case HostRewrite.HostRewriteHeader:
                if (!HeaderChecks.IsToken(options.HostRewriteHeader ?? ""))
                    route.Error("hostRewriteHeader must be the name of a header");
                action.HostRewriteHeader = options.HostRewriteHeader ?? "";
                break;
            case HostRewrite.HostRewritePathRegex:
                action.HostRewritePathRegex = Regex(route, options.HostRewritePathRegex, "hostRewritePathRegex");
                break;
            default:
                return;
        }

        action.AppendXForwardedHost = options.AppendXForwardedHost ?? false;
    }
}
