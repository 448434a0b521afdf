using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Translation.Envoy;

/// <summary>Timeouts of routes (envoy-translation 4.6): <c>0s</c> disables, unset leaves Envoy's 15 s.</summary>
internal static class Timeouts
{
    public static void OnRoute(RouteScope route)
    {
        if (route.Action is not { } action) return;
        var options = route.Options;
        action.Timeout = Checked(route, options.Timeout, "timeout");
        action.IdleTimeout = Checked(route, options.IdleTimeout, "idleTimeout");
        if (options.MaxStreamDuration is not { } max) return;
        action.MaxStreamDuration = new EnvoyRoute.RouteAction.Types.MaxStreamDuration
        {
            MaxStreamDuration_ = Checked(route, max.MaxStreamDuration_, "maxStreamDuration.maxStreamDuration"),
            GrpcTimeoutHeaderMax = Checked(route, max.GrpcTimeoutHeaderMax, "maxStreamDuration.grpcTimeoutHeaderMax"),
            GrpcTimeoutHeaderOffset =
                Checked(route, max.GrpcTimeoutHeaderOffset, "maxStreamDuration.grpcTimeoutHeaderOffset"),
        };
    }

    private static Duration? Checked(RouteScope route, Duration? duration, string field)
    {
        if (duration is not null && !Durations.IsValid(duration)) route.Error($"{field} must not be negative");
        return duration;
    }
}
