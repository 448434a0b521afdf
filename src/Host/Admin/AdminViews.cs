using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Stagedoor.Actors;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using Stagedoor.Translation.Statuses;
using Stagedoor.Xds;

namespace Stagedoor.Host.Admin;

/// <summary>The shapes of the admin API's answers, which <c>stagedoor get</c> prints.</summary>
internal static class AdminViews
{
    /// <summary>One proxy, in numbers.</summary>
    public sealed record ProxyView(
        string Proxy, string Generation, bool Durable, bool FromJournal, int Listeners, int Routes, int Clusters,
        int Endpoints, int Nodes, DateTimeOffset? Committed);

    /// <summary>One proxy with everything it serves.</summary>
    public sealed record ProxyDetail(
        ProxyView Summary, IReadOnlyList<EntryView> Resources, IReadOnlyList<CommitInfo> History);

    /// <summary>One served resource.</summary>
    public sealed record EntryView(string Type, string Name, string Version, string Hash, int Bytes);

    /// <summary>One Upstream.</summary>
    public sealed record UpstreamView(
        string Namespace, string Name, string State, string Cluster, IReadOnlyList<string> UsedBy,
        IReadOnlyList<DiagnosticView> Diagnostics);

    /// <summary>One input resource with what is said about it.</summary>
    public sealed record ResourceView(
        string Kind, string Namespace, string Name, string State, string? Source,
            IReadOnlyList<DiagnosticView> Diagnostics);

    /// <summary>One Envoy.</summary>
    public sealed record NodeView(
        string Node, bool Connected, string Proxy, string UserAgent, string Variant, IReadOnlyList<NodeTypeView> Types);

    /// <summary>One type of one Envoy.</summary>
    public sealed record NodeTypeView(string Type, string Offered, string Acknowledged, string? Rejection);

    /// <summary>One diagnostic, spelled out.</summary>
    public sealed record DiagnosticView(
        string Code, string Severity, string Message, string? Resource, string? Field, string? Source, string? Hint);

    public static IReadOnlyList<ProxyView> Proxies(AdminState state) =>
        [.. state.ControlPlane.Proxies.Select(proxy => Summary(state, proxy))];

    public static ProxyDetail? Proxy(AdminState state, string id)
    {
        var proxy = state.ControlPlane.Proxies.FirstOrDefault(proxy => proxy.Proxy.ToString() == id);
        if (proxy is null) return null;
        var resources = proxy.Snapshot?.Resources.SelectMany(type => type.Value.Values) ?? [];
        return new ProxyDetail(
            Summary(state, proxy),
            [
                .. resources
                    .Select(r => new EntryView(
                        r.Resource.Type.ToString(), r.Resource.Name, r.Version, r.Resource.Hash.ToString(),
                        r.Resource.Bytes.Length))
                    .OrderBy(entry => (entry.Type, entry.Name)),
            ],
            proxy.History);
    }

    public static IReadOnlyList<UpstreamView> Upstreams(AdminState state) =>
    [
        .. state.ControlPlane.Upstreams.Select(upstream => new UpstreamView(
            upstream.Upstream.Namespace, upstream.Upstream.Name, State(upstream.Diagnostics), upstream.Cluster,
            [.. upstream.UsedBy], [.. upstream.Diagnostics.Select(View)])),
    ];

    public static IReadOnlyList<ResourceView> Resources(AdminState state, ResourceKind kind)
    {
        var reports = state.ControlPlane.Reports
            .Where(report => report.Resource.Is(kind))
            .ToDictionary(report => report.Resource);

        // What takes part in no Proxy has nobody to report on it, and nothing wrong with it.
        var idle = state.ControlPlane.Reports.Any(report => report.Resource.Is(ResourceKinds.Gateway))
            ? ClassicInputs.Of(state.Catalog.Current).ToHashSet()
            : [];
        return
        [
            .. state.Catalog.Current.OfKind(kind).Values.Select(resource =>
            {
                var report = reports.GetValueOrDefault(resource.Key);
                return new ResourceView(
                    resource.Key.Kind, resource.Key.Namespace, resource.Key.Name,
                    report is not null ? State(report.Diagnostics)
                        : idle.Contains(resource.Key) ? "Accepted" : "Pending",
                    resource.Source.ToString(),
                    [.. (report?.Diagnostics ?? []).Select(View)]);
            }),
        ];
    }

    public static IReadOnlyList<NodeView> Nodes(AdminState state) =>
    [
        .. state.ControlPlane.Nodes.Select(node =>
        {
            var report = node.Streams.FirstOrDefault()?.Report;
            return new NodeView(
                node.NodeId, node.IsConnected, report?.Proxy ?? "", report?.UserAgent ?? "", report?.Variant ?? "",
                [
                    .. (report?.Types ?? ImmutableSortedDictionary<XdsType, NodeTypeStatus>.Empty)
                        .Select(type => new NodeTypeView(
                        type.Key.ToString(), type.Value.Offered.ToString(), type.Value.Acknowledged.ToString(),
                        type.Value.Rejection?.Message)),
                ]);
        }),
    ];

    /// <summary>Everything that anybody has to say: the sources, the translation, the actors.</summary>
    public static IReadOnlyList<DiagnosticView> Diagnostics(AdminState state) =>
    [
        .. state.Catalog.Current.Diagnostics
            .Concat(state.ControlPlane.Reports.SelectMany(report => report.Diagnostics.Select(diagnostic =>
                diagnostic with
                {
                    Resource = diagnostic.Resource ?? report.Resource,
                    Source = diagnostic.Source ?? state.Catalog.Current.Find(report.Resource)?.Source,
                })))
            .Concat(state.ControlPlane.Diagnostics)
            .Select(View)
            .Distinct(),
    ];

    /// <summary>The statuses of the inputs in Gloo's form.</summary>
    public static IEnumerable<JsonObject> Statuses(AdminState state) => StatusJson.Of(
        state.Catalog.Current,
        [
            .. state.ControlPlane.Proxies
                .Select(proxy => new ProxyReportSet(proxy.Proxy, proxy.GlooProxy is not null, proxy.Reports)
                {
                    Kube = proxy.Kube,
                }),
        ],
        state.ControlPlane.Upstreams.Select(upstream => (upstream.Upstream, upstream.Diagnostics)));

    private static ProxyView Summary(AdminState state, ProxyInfo proxy) => new(
        proxy.Proxy.ToString(), proxy.Generation.ToString(), proxy.IsDurable, proxy.IsFromJournal,
        proxy.Count(XdsType.Listener), proxy.Count(XdsType.RouteConfiguration), proxy.Count(XdsType.Cluster),
        proxy.Count(XdsType.ClusterLoadAssignment),
        state.ControlPlane.Nodes.Count(
            node => node.Streams.Any(stream => stream.Report.Proxy == proxy.Proxy.ToString())),
        proxy.Snapshot is null ? null : proxy.Committed);

    private static string State(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var worst = diagnostics.Count == 0 ? Severity.Info : diagnostics.Max(diagnostic => diagnostic.Severity);
        return worst switch { Severity.Error => "Rejected", Severity.Warning => "Warning", _ => "Accepted" };
    }

    private static DiagnosticView View(Diagnostic diagnostic) => new(
        diagnostic.Code, diagnostic.Severity.ToString(), diagnostic.Message, diagnostic.Resource?.ToString(),
        diagnostic.Field, diagnostic.Source?.ToString(), diagnostic.Hint);
}
