using System.Text.Json;
using System.Text.Json.Serialization;
using Prometheus;
using Stagedoor.Actors;
using Stagedoor.Api;
using Stagedoor.Host.Commands.Explaining;
using Stagedoor.Host.Serving;
using Stagedoor.Translation.Explain;

namespace Stagedoor.Host.Admin;

/// <summary>The admin API under <c>/api/v1</c>, health and metrics: what runs, read-only.</summary>
internal static class AdminApi
{
    /// <summary>How the API writes JSON.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly (string Path, ResourceKind Kind)[] ResourceLists =
    [
        ("/virtualservices", ResourceKinds.VirtualService),
        ("/gateways", ResourceKinds.Gateway),
        ("/routetables", ResourceKinds.RouteTable),
        ("/routeoptions", ResourceKinds.RouteOption),
        ("/virtualhostoptions", ResourceKinds.VirtualHostOption),
    ];

    /// <summary>Maps everything onto the application.</summary>
    public static void Map(IEndpointRouteBuilder app, AdminState state)
    {
        var api = app.MapGroup("/api/v1");
        api.MapGet("/proxies", () => Answer(AdminViews.Proxies(state)));
        api.MapGet("/proxies/{proxy}", (string proxy) => AdminViews.Proxy(state, proxy) is { } view
            ? Answer(view)
            : Results.NotFound());
        api.MapGet("/upstreams", () => Answer(AdminViews.Upstreams(state)));
        foreach (var (path, kind) in ResourceLists)
            api.MapGet(path, () => Answer(AdminViews.Resources(state, kind)));
        api.MapGet("/nodes", () => Answer(AdminViews.Nodes(state)));
        api.MapGet("/diagnostics", () => Answer(AdminViews.Diagnostics(state)));
        api.MapGet("/statuses", () => Answer(AdminViews.Statuses(state)));
        api.MapGet("/explain/{kind}/{ns}/{name}", (string kind, string ns, string name) =>
            Explainer.Kinds.FirstOrDefault(known => known.Kind == kind) is { Kind: not null } known
                ? Answer(ExplanationView.Of(
                    Explainer.Explain(state.Catalog.Current, ResourceKey.Of(known, ns, name))))
                : Results.NotFound());
        api.MapGet("/startup", () => Answer(state.Clock.Marks));
        app.MapMetrics();
        app.MapGet("/healthz", () => Results.Text("ok\n"));
        app.MapGet("/readyz", () => Readiness.Of(state) is { } reason
            ? Results.Text(reason + "\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready\n"));
    }

    private static IResult Answer<T>(T value) => Results.Json(value, Json);
}

/// <summary>What the admin API reads.</summary>
/// <param name="ControlPlane">The actors' side.</param>
/// <param name="Catalog">The inputs.</param>
/// <param name="Clock">The account of the start.</param>
internal sealed record AdminState(IControlPlane ControlPlane, Catalog Catalog, StartupClock Clock);

/// <summary>Whether the server can serve.</summary>
internal static class Readiness
{
    /// <summary>Why it is not ready; null if it is.</summary>
    public static string? Of(AdminState state)
    {
        if (!state.ControlPlane.IsReady) return "the actors are starting";
        if (state.Catalog.Current.IsSynced) return null;
        return state.ControlPlane.Proxies.Any(proxy => proxy.Snapshot is not null)
            ? null
            : "no source has answered and the journal is empty";
    }
}
