using Envoy.Extensions.Filters.Common.Fault.V3;
using Envoy.Extensions.Filters.Http.Fault.V3;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>faults</c> of routes (envoy-translation 9.9); delays below a second count.</summary>
internal sealed class FaultInjection : HttpFeature
{
    private const string Name = "envoy.filters.http.fault";

    public override string RouteFields => "faults";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Wants(Name)) chain.Add(FilterSlot.During(FilterStage.Fault), Name, new HTTPFault());
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Options.Faults is not { } faults) return;
        if (route.Action is null)
        {
            route.Warn("faults act on a routeAction only");
            return;
        }

        var output = new HTTPFault();
        if (faults.Abort is { } abort)
        {
            if (abort.HttpStatus is < 200 or > 599)
                route.Error("faults.abort.httpStatus must be between 200 and 599");
            Check(route, "abort", abort.Percentage);
            output.Abort = new FaultAbort
            {
                HttpStatus = abort.HttpStatus,
                Percentage = Percents.Of(abort.Percentage),
            };
        }

        if (faults.Delay is { } delay)
        {
            if (delay.FixedDelay is null || !Durations.IsPositive(delay.FixedDelay))
                route.Error("faults.delay.fixedDelay must be greater than 0");
            Check(route, "delay", delay.Percentage);
            output.Delay = new FaultDelay
            {
                FixedDelay = delay.FixedDelay,
                Percentage = Percents.Of(delay.Percentage),
            };
        }

        route.ConfigurePerDestination(Name, output);
    }

    private static void Check(RouteScope route, string fault, float percentage)
    {
        if (Percents.Check(percentage) is { } why) route.Error($"faults.{fault}.percentage: {why}");
        else if (percentage == 0) route.Warn($"faults.{fault}.percentage is 0: it never happens");
    }
}
