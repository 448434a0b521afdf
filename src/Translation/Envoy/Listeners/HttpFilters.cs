using Envoy.Extensions.Filters.Http.Cors.V3;
using Envoy.Extensions.Filters.Http.Csrf.V3;
using Envoy.Extensions.Filters.Http.Fault.V3;
using Envoy.Extensions.Filters.Http.GrpcWeb.V3;
using Envoy.Extensions.Filters.Http.LocalRatelimit.V3;
using Envoy.Extensions.Filters.Http.Router.V3;
using Google.Protobuf;
using Stagedoor.Translation.Validation;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The HTTP filters of a listener in Gloo's stages (envoy-translation 3.3). The empty ones are there by default, so
/// that
/// the first route that uses one does not change the listener, which would drain its connections.
/// </summary>
internal static class HttpFilters
{
    private enum Stage
    {
        Fault = 0, Cors = 1, Waf = 2, AuthN = 3, AuthZ = 4, RateLimit = 5, Accepted = 6, OutAuth = 7, Route = 8,
    }

    public static IEnumerable<EnvoyHcm.HttpFilter> Of(GlooV1.HttpListenerOptions? options, GlooV1.Settings settings)
    {
        var filters = new List<(Stage Stage, int Weight, string Name, IMessage Config)>();
        if (settings.Gloo?.RemoveUnusedFilters != true)
        {
            filters.Add((Stage.Fault, 0, "envoy.filters.http.fault", new HTTPFault()));
            filters.Add((Stage.Cors, 0, "envoy.filters.http.cors", new Cors()));
            filters.Add((Stage.AuthN, -1, "envoy.filters.http.local_ratelimit", new LocalRateLimit
            {
                StatPrefix = "http_local_ratelimit",
                Stage = 3,
            }));
            filters.Add((Stage.Route, 0, "envoy.filters.http.csrf", new CsrfPolicy
            {
                FilterEnabled = new EnvoyCore.RuntimeFractionalPercent
                {
                    DefaultValue = new EnvoyType.FractionalPercent(
                    )
                },
            }));
        }

        if (IsGrpcWebOn(options, settings))
            filters.Add((Stage.AuthZ, 1, "envoy.filters.http.grpc_web", new GrpcWeb()));
        return filters
            .OrderBy(filter => filter.Stage).ThenBy(filter => filter.Weight)
            .ThenBy(filter => filter.Name, StringComparer.Ordinal)
            .Select(filter => Filter(filter.Name, filter.Config))
            .Append(Filter("envoy.filters.http.router", new Router
            {
                SuppressEnvoyHeaders = options?.Router?.SuppressEnvoyHeaders == true,
                DynamicStats = options?.Router?.DynamicStats,
            }));
    }

    private static bool IsGrpcWebOn(GlooV1.HttpListenerOptions? options, GlooV1.Settings settings) =>
        options?.GrpcWeb is { } grpcWeb
            ? !grpcWeb.Disable
            : settings.Gloo?.DisableGrpcWeb is { } disabled ? !disabled : settings.Gloo?.RemoveUnusedFilters != true;

    private static EnvoyHcm.HttpFilter Filter(string name, IMessage config) =>
        new() { Name = name, TypedConfig = AnyTypes.Pack(config) };
}
