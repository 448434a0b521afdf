namespace Stagedoor.Translation.Gateway;

/// <summary>
/// The answer of a route that cannot be translated, in place of whatever a later route would have answered.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Text of the body.</param>
public sealed record InvalidRouteResponse(uint Status, string Body)
{
    private const string DefaultBody = "This route is invalid. The status of its VirtualService says why.";
    private const string PolicyBody =
        "Gloo Gateway has invalid configuration. Administrators should run `glooctl check` to find and fix config "
        + "errors.";

    /// <summary>
    /// Status and body of <c>gloo.invalidConfigPolicy</c> when <c>replaceInvalidRoutes</c> is on, with Helm's defaults
    /// for what it leaves open (gateway-translation 1.10); else 500.
    /// </summary>
    public static InvalidRouteResponse Of(Solo.Gloo.Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Gloo?.InvalidConfigPolicy is not { ReplaceInvalidRoutes: true } policy)
            return new InvalidRouteResponse(500, DefaultBody);
        return new InvalidRouteResponse(
            policy.InvalidRouteResponseCode is >= 200 and < 600 and var code ? code : 404,
            policy.InvalidRouteResponseBody is { Length: > 0 } body ? body : PolicyBody);
    }
}
