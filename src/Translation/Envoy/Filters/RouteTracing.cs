namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>tracing</c> of routes: how many requests are traced, and under which name (envoy-translation 9.4).
/// </summary>
internal sealed class RouteTracing : HttpFeature
{
    public override string RouteFields => "tracing";

    public override void OnRoute(RouteScope route)
    {
        if (route.Options.Tracing is not { } input) return;
        var percentages = input.TracePercentages;
        route.Output.Tracing = new EnvoyRoute.Tracing
        {
            ClientSampling = Percent(route, percentages?.ClientSamplePercentage),
            RandomSampling = Percent(route, percentages?.RandomSamplePercentage),
            OverallSampling = Percent(route, percentages?.OverallSamplePercentage),
        };
        if (input.RouteDescriptor.Length > 0)
        {
            route.Output.Decorator = new EnvoyRoute.Decorator
            {
                Operation = input.RouteDescriptor,
                Propagate = input.Propagate,
            };
        }
    }

    private static EnvoyType.FractionalPercent Percent(RouteScope route, float? percentage)
    {
        if (percentage is { } given && Percents.Check(given) is { } why)
            route.Error($"tracing.tracePercentages: {why}");
        return Percents.Of(percentage ?? 100);
    }
}
