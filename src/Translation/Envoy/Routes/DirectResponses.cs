using System.Text;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>directResponseAction</c>, and what stands in for routes that cannot be served (envoy-translation 4.5).
/// </summary>
internal static class DirectResponses
{
    private const int DefaultMaxBody = 4096;

    public static void Apply(RouteScope route, GlooV1.DirectResponseAction action, uint? maxBody)
    {
        if (action.Status is < 200 or >= 600)
            route.Error("directResponseAction.status must be between 200 and 599", EnvoyCodes.InvalidAction);
        if (Encoding.UTF8.GetByteCount(action.Body) > (maxBody ?? DefaultMaxBody))
            route.Error(
                $"directResponseAction.body must have at most {maxBody ?? DefaultMaxBody} bytes",
                    EnvoyCodes.InvalidAction);
        route.Output.DirectResponse = new EnvoyRoute.DirectResponseAction
        {
            Status = action.Status,
            Body = new EnvoyCore.DataSource { InlineString = action.Body },
        };
    }

    /// <summary>A route that answers 500, without its match: closed rather than open.</summary>
    public static EnvoyRoute.Route Closed() => new()
    {
        DirectResponse = new EnvoyRoute.DirectResponseAction
        {
            Status = 500,
            Body = new EnvoyCore.DataSource { InlineString = "This route has an invalid configuration.\n" },
        },
    };
}
