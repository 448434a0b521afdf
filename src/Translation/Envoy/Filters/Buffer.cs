using EnvoyBuffer = Envoy.Extensions.Filters.Http.Buffer.V3.Buffer;
using EnvoyPerRoute = Envoy.Extensions.Filters.Http.Buffer.V3.BufferPerRoute;
using GlooPerRoute = Solo.Envoy.Extensions.Filters.Http.Buffer.V3.BufferPerRoute;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>buffer</c> of listeners, <c>bufferPerRoute</c> of virtual hosts, routes and weighted destinations
/// (envoy-translation 8).
/// </summary>
internal sealed class Buffer : HttpFeature
{
    private const string Name = "envoy.filters.http.buffer";

    public override string ListenerFields => "buffer";

    public override string VirtualHostFields => "bufferPerRoute";

    public override string RouteFields => "bufferPerRoute";

    public override string WeightedFields => "bufferPerRoute";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Options.Buffer is not { } buffer) return;
        if (buffer.MaxRequestBytes is null or 0)
            chain.Error("buffer.maxRequestBytes must be greater than 0");
        else
            chain.Add(
                FilterSlot.During(FilterStage.Route), Name,
                new EnvoyBuffer { MaxRequestBytes = buffer.MaxRequestBytes });
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        if (PerRoute(host.Options.BufferPerRoute, host.Http, host.Problems) is { } config)
            host.Configure(Name, config);
    }

    public override void OnRoute(RouteScope route)
    {
        if (PerRoute(route.Options.BufferPerRoute, route.Host.Http, route.Problems) is { } config)
            route.Configure(Name, config);
    }

    public override void OnDestination(DestinationScope destination)
    {
        var route = destination.Route;
        if (PerRoute(destination.Options.BufferPerRoute, route.Host.Http, route.Problems) is { } config)
            destination.Configure(Name, config);
    }

    private static EnvoyPerRoute? PerRoute(GlooPerRoute? input, HttpContext http, List<Problem> problems)
    {
        if (input is null || (input.Buffer is null && !input.Disabled)) return null;
        if (http.Options?.Buffer is null)
            problems.Add(Problem.Warning(
                EnvoyCodes.InvalidOption, "bufferPerRoute has no effect: the listener has no buffer"));
        if (input.Disabled) return new EnvoyPerRoute { Disabled = true };
        if (input.Buffer?.MaxRequestBytes is null or 0)
            problems.Add(Problem.Error(
                EnvoyCodes.InvalidOption, "bufferPerRoute.buffer.maxRequestBytes must be greater than 0"));
        return new EnvoyPerRoute { Buffer = new EnvoyBuffer { MaxRequestBytes = input.Buffer?.MaxRequestBytes } };
    }
}
