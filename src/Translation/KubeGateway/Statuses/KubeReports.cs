using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>The same as the conditions say, as diagnostics of the objects at fault.</summary>
internal static class KubeReports
{
    private static readonly ImmutableArray<ResourceKind> Unused =
    [
        GatewayApiKinds.TlsRoute, GatewayApiKinds.TcpRoute, GatewayApiKinds.UdpRoute, GatewayApiKinds.BackendTlsPolicy,
        GatewayApiKinds.ListenerSet, GatewayApiKinds.XListenerSet, GatewayApiKinds.XBackendTrafficPolicy,
    ];

    /// <summary>One report for the Gateway and one for each route that names it.</summary>
    public static ImmutableArray<ResourceReport> Of(
        Resource gateway, IReadOnlyList<ListenerState> listeners, IReadOnlyList<RouteState> routes) =>
        [
            new ResourceReport(gateway.Key, [.. listeners.SelectMany(OfListener)]),
            .. routes.Select(route => new ResourceReport(route.Resource.Key, [.. OfRoute(route)])),
        ];

    /// <summary>Objects that are read and checked but not translated yet: each is told so.</summary>
    public static IEnumerable<ResourceReport> NotYet(CatalogView view) =>
        Unused.SelectMany(kind => view.OfKind(kind).Values).Select(resource => new ResourceReport(
            resource.Key,
            [Remark.Warning(resource, KubeGatewayCodes.NotYet, null, $"{resource.Key.Kind} is not translated yet")]));

    private static IEnumerable<Diagnostic> OfListener(ListenerState listener)
    {
        var field = $"spec.listeners[{listener.Index}]";
        foreach (var condition in listener.Conditions.All)
        {
            var isBad = condition.Type == "Conflicted" ? condition.Status == "True"
                : condition is { Status: "False", Type: "Accepted" or "ResolvedRefs" };
            if (!isBad) continue;
            var code = condition.Type == "ResolvedRefs"
                ? KubeGatewayCodes.ListenerReference
                : KubeGatewayCodes.Listener;
            yield return Remark.Error(listener.Gateway, code, field, $"{condition.Reason}: {condition.Message}");
        }
    }

    private static IEnumerable<Diagnostic> OfRoute(RouteState route)
    {
        foreach (var (index, conditions) in route.Parents)
        {
            if (conditions.All.FirstOrDefault(c => c is { Type: "Accepted", Status: "False" }) is { } refused
                && !route.Problems.Exists(problem => problem.Type == "Accepted"))
            {
                yield return Remark.Error(
                    route.Resource, KubeGatewayCodes.NotAttached, $"spec.parentRefs[{index}]",
                    $"{refused.Reason}: {refused.Message}");
            }
        }

        foreach (var problem in route.Problems)
        {
            yield return problem.Type.Length == 0
                ? Remark.Warning(route.Resource, KubeGatewayCodes.NotYet, problem.Field, problem.Message)
                : Remark.Error(
                    route.Resource, KubeGatewayCodes.RouteReference, problem.Field,
                    $"{problem.Reason}: {problem.Message}");
        }
    }
}
