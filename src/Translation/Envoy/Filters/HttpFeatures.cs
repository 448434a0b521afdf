using System.Collections.Immutable;

namespace Stagedoor.Translation.Envoy;

/// <summary>All features of HTTP traffic, in the order of Gloo's plugin registry (envoy-translation 1.2).</summary>
internal static class HttpFeatures
{
    public static readonly ImmutableArray<HttpFeature> All =
    [
        new AzureFunctions(),
        new LambdaFunctions(),
        new RestFunctions(),
        new GrpcFunctions(),
        new ConnectionLimit(),
        new Transformation(),
        new GrpcWeb(),
        new FaultInjection(),
        new Cors(),
        new VirtualClusters(),
        new RouteTracing(),
        new Shadowing(),
        new HealthCheckFilter(),
        new ExternalAuth(),
        new RateLimitService(),
        new Gzip(),
        new Buffer(),
        new Csrf(),
        new GrpcJsonTranscoding(),
        new DynamicForwardProxy(),
        new HttpLocalRateLimit(),
        new NetworkLocalRateLimit(),
        new CustomFilters(),
        new ExternalProcessing(),
        new JwtAuthn(),
        new RoleBasedAccess(),
        new StatefulSessions(),
        new EnterpriseFields(),
    ];

    /// <summary>Fields of HttpListenerOptions that a feature reads.</summary>
    public static readonly string ListenerFields = Joined(feature => feature.ListenerFields);

    /// <summary>The same of VirtualHostOptions.</summary>
    public static readonly string VirtualHostFields = Joined(feature => feature.VirtualHostFields);

    /// <summary>The same of RouteOptions.</summary>
    public static readonly string RouteFields = Joined(feature => feature.RouteFields);

    /// <summary>The same of WeightedDestinationOptions.</summary>
    public static readonly string WeightedFields = Joined(feature => feature.WeightedFields);

    private static string Joined(Func<HttpFeature, string> fields) => string.Join(' ', All.Select(fields));
}
