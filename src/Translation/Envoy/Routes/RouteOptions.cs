namespace Stagedoor.Translation.Envoy;

/// <summary>The options of a route, in the order of Gloo's plugin registry (envoy-translation 1.2).</summary>
internal static class RouteOptions
{
    private const string Handled = """
        prefixRewrite timeout retries headerManipulation hostRewrite autoHostRewrite hostRewritePathRegex
        hostRewriteHeader appendXForwardedHost lbHash upgrades envoyMetadata regexRewrite maxStreamDuration
        idleTimeout
        """;

    private static readonly string All = Handled + " " + HttpFeatures.RouteFields;

    public static void Apply(RouteScope route)
    {
        if (route.Input.Options is not null) Plain(route);
        foreach (var destination in route.Destinations)
            foreach (var feature in HttpFeatures.All)
                feature.OnDestination(destination);
        foreach (var feature in HttpFeatures.All) feature.OnRoute(route);
    }

    private static void Plain(RouteScope route)
    {
        OptionGuard.Check(route.Options, All, route.Problems);
        HashPolicies.OnRoute(route);
        Rewrites.OnRoute(route);
        Timeouts.OnRoute(route);
        Retries.OnRoute(route);
        Upgrades.OnRoute(route);
        var output = route.Output;
        HeaderManipulation.Apply(
            route.Options.HeaderManipulation, output.RequestHeadersToAdd, output.RequestHeadersToRemove,
            output.ResponseHeadersToAdd, output.ResponseHeadersToRemove, route.Host.View, route.Problems);
        RouteMetadata.OnRoute(route);
    }
}
