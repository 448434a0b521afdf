using Google.Protobuf;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// Fields that only Gloo's enterprise edition acted on and that no filter of stock Envoy stands for (envoy-translation
/// 8.1). They are reported in Gloo's words, and what they would protect stays closed.
/// </summary>
internal sealed class EnterpriseFields : HttpFeature
{
    private static readonly (string Field, string Feature, bool Protects)[] Listener =
    [
        ("caching", "caching", false), ("dlp", "dlp", true), ("leftmostXffAddress", "leftmost_xff_address", true),
        ("proxyLatency", "proxy_latency", false), ("sanitizeClusterHeader", "sanitize_cluster_header", true),
        ("waf", "waf", true), ("wasm", "wasm", true), ("tap", "tap", false),
    ];

    private static readonly (string Field, string Feature, bool Protects)[] Other =
    [
        ("waf", "waf", true), ("dlp", "dlp", true),
    ];

    public override string ListenerFields => Names(Listener);

    public override string VirtualHostFields => Names(Other);

    public override string RouteFields => Names(Other);

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Input.Options is { } options) chain.Report(Check(options, Listener));
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        if (host.Input.Options is { } options) host.Problems.AddRange(Check(options, Other));
    }

    public override void OnRoute(RouteScope route)
    {
        if (route.Input.Options is { } options) route.Problems.AddRange(Check(options, Other));
    }

    /// <summary>The problem of a feature in Gloo's words.</summary>
    public static Problem Of(string feature, bool protects = true) => Problem.Error(
        protects ? EnvoyCodes.EnterpriseProtection : EnvoyCodes.EnterpriseOption,
        $"Could not load configuration for the following Enterprise features: [{feature}]");

    private static IEnumerable<Problem> Check(
        IMessage options, IEnumerable<(string Field, string Feature, bool Protects)> fields)
    {
        foreach (var (name, feature, protects) in fields)
        {
            var field = options.Descriptor.Fields.InDeclarationOrder().First(field => field.JsonName == name);
            if (field.Accessor.HasValue(options)) yield return Of(feature, protects);
        }
    }

    private static string Names(IEnumerable<(string Field, string Feature, bool Protects)> fields) =>
        string.Join(' ', fields.Select(field => field.Field));
}
