using Stagedoor.Api;
using MirrorPolicy = Envoy.Config.Route.V3.RouteAction.Types.RequestMirrorPolicy;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>shadowing</c> of routes: copies of requests whose answers nobody reads (envoy-translation 9.9).
/// </summary>
internal sealed class Shadowing : HttpFeature
{
    public override string RouteFields => "shadowing";

    public override void OnRoute(RouteScope route)
    {
        if (route.Options.Shadowing is not { } shadowing) return;
        if (route.Action is not { } action)
        {
            route.Error("shadowing acts on a routeAction only");
            return;
        }

        if (shadowing.Upstream is not { } reference)
        {
            route.Error("shadowing.upstream is required");
            return;
        }

        if (Percents.Check(shadowing.Percentage) is { } why) route.Error($"shadowing.percentage: {why}");
        else if (shadowing.Percentage == 0) route.Warn("shadowing.percentage is 0: nothing is mirrored");
        if (HeaderChecks.CheckValue(
            shadowing.HostRewriteLiteral.Replace("%", "%%", StringComparison.Ordinal)) is { } invalid)
            route.Error($"shadowing.hostRewriteLiteral: {invalid}");
        var key = ResourceKey.Of(ResourceKinds.Upstream, reference.Namespace, reference.Name);
        if (!route.Host.Upstream(key).IsServed)
            route.Warn(
                $"shadowing: *v1.Upstream {{ {key.Namespace}.{key.Name} }} not found", EnvoyCodes.UpstreamNotFound);
        action.RequestMirrorPolicies.Add(new MirrorPolicy
        {
            Cluster = EnvoyNames.Cluster(key),
            RuntimeFraction = new EnvoyCore.RuntimeFractionalPercent
            {
                DefaultValue = Percents.Of(shadowing.Percentage),
            },
            DisableShadowHostSuffixAppend = shadowing.DisableShadowHostSuffixAppend,
            HostRewriteLiteral = shadowing.HostRewriteLiteral,
        });
    }
}
