using System.Collections.Immutable;
using Solo.Core;
using Stagedoor.Api;
using State = Solo.Core.Status.Types.State;

namespace Stagedoor.Translation.Statuses;

/// <summary>Makes Gloo's status objects of reports (gateway-translation 0.2 and 1.12).</summary>
public static class StatusRenderer
{
    /// <summary><c>reportedBy</c> of everything that the classic path translates.</summary>
    public const string Reporter = "gloo";

    /// <summary>
    /// The status of one resource: Rejected with any error, else Warning with any warning, else Accepted. Trimmed to
    /// what a status may hold.
    /// </summary>
    /// <param name="diagnostics">Errors and warnings make the reason, information the messages.</param>
    /// <param name="subresources">Statuses of the Proxies that the resource takes part in, by key.</param>
    public static Status Render(
        IEnumerable<Diagnostic> diagnostics, IEnumerable<KeyValuePair<string, Status>>? subresources = null)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var all = diagnostics.ToList();
        var errors = all.FindAll(diagnostic => diagnostic.Severity == Severity.Error);
        var warnings = all.FindAll(diagnostic => diagnostic.Severity == Severity.Warning);
        var status = new Status
        {
            State = errors.Count > 0 ? State.Rejected : warnings.Count > 0 ? State.Warning : State.Accepted,
            Reason = StatusText.Reason(errors, warnings),
            ReportedBy = Reporter,
        };
        status.Messages.AddRange(StatusText.Messages(all.FindAll(diagnostic => diagnostic.Severity == Severity.Info)));
        foreach (var (key, nested) in subresources ?? []) status.SubresourceStatuses[key] = nested;
        return StatusLimits.Trim(status);
    }

    /// <summary>
    /// The statuses of all resources that the Proxies report on, and of the classic inputs that take no part in any;
    /// ordered by key. A resource's is the union of what all Proxies say, each thing once; every Proxy that Gateways
    /// make has its own status below each classic input (gateway-translation 1.12). A Proxy's own is what its
    /// translation says of the Proxy.
    /// </summary>
    /// <param name="reports">What each Proxy says.</param>
    /// <param name="inputs">The classic inputs (<see cref="Gateway.ClassicInputs"/>).</param>
    public static ImmutableArray<ResourceStatus> RenderAll(
        IEnumerable<ProxyReportSet> reports, IEnumerable<ResourceKey> inputs)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(inputs);
        var said = new SortedDictionary<ResourceKey, StatusInput>();
        var proxies = new List<KeyValuePair<string, Status>>();
        var hasGateways = false;
        foreach (var set in reports.OrderBy(set => set.Proxy.Name, StringComparer.Ordinal)
            .ThenBy(set => set.Proxy.Namespace, StringComparer.Ordinal))
        {
            var own = ResourceKey.Of(ResourceKinds.Proxy, set.Proxy.Namespace, set.Proxy.Name);
            var ofProxy = set.Reports.Where(report => report.Resource == own).SelectMany(report => report.Diagnostics);
            var status = set.Exists ? Render(ofProxy) : null;
            if (status is not null) said[own] = new StatusInput { Own = status };
            var isOfGateways = set.Reports.Any(report => report.Resource.Is(ResourceKinds.Gateway));
            hasGateways |= isOfGateways;
            if (isOfGateways && status is not null) proxies.Add(new(KeyOf(set.Proxy), status));
            foreach (var report in set.Reports.Where(report => report.Resource != own))
                InputOf(report.Resource).Add(report.Diagnostics);
        }

        foreach (var key in hasGateways ? inputs : []) InputOf(key);
        return [.. said.Select(pair => new ResourceStatus(
            pair.Key,
            pair.Value.Own ?? Render(pair.Value.Diagnostics, HasProxies(pair.Key) ? proxies : [])))];

        StatusInput InputOf(in ResourceKey key)
        {
            if (!said.TryGetValue(key, out var input)) said[key] = input = new StatusInput();
            return input;
        }
    }

    /// <summary>The key of a Proxy's status below the statuses of its inputs.</summary>
    public static string KeyOf(ProxyId proxy) => $"*v1.Proxy.{proxy.Name}_{proxy.Namespace}";

    private static bool HasProxies(in ResourceKey key) =>
        key.Is(ResourceKinds.Gateway) || key.Is(ResourceKinds.VirtualService) || key.Is(ResourceKinds.RouteTable);

    private sealed class StatusInput
    {
        private readonly HashSet<Diagnostic> _seen = [];

        public Status? Own { get; init; }

        public List<Diagnostic> Diagnostics { get; } = [];

        public void Add(ImmutableArray<Diagnostic> diagnostics)
        {
            foreach (var diagnostic in diagnostics)
            {
                if (_seen.Add(diagnostic)) Diagnostics.Add(diagnostic);
            }
        }
    }
}
