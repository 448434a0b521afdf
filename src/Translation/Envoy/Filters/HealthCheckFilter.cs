using EnvoyHealthCheck = Envoy.Extensions.Filters.Http.HealthCheck.V3.HealthCheck;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>healthCheck</c> of listeners: Envoy itself answers to a path, 503 while it drains (envoy-translation 8).
/// </summary>
internal sealed class HealthCheckFilter : HttpFeature
{
    private const string Name = "envoy.filters.http.health_check";

    public override string ListenerFields => "healthCheck";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Options.HealthCheck is not { } check) return;
        if (check.Path.Length == 0)
        {
            chain.Error("healthCheck.path must not be empty");
            return;
        }

        chain.Add(FilterSlot.After(FilterStage.AuthZ), Name, new EnvoyHealthCheck
        {
            PassThroughMode = false,
            Headers = { new EnvoyRoute.HeaderMatcher { Name = ":path", ExactMatch = check.Path } },
        });
    }
}
