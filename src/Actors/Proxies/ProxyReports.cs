using System.Collections.Immutable;
using Stagedoor.Actors.Protocol;
using Stagedoor.Api;
using Stagedoor.Translation;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Proxies;

/// <summary>
/// What is said about a proxy's inputs: by its translation, and by its Envoys when they reject a resource (rule I6). A
/// rejection stands until the content changes or the client has accepted the type again.
/// </summary>
internal sealed class ProxyReports
{
    /// <summary>Rejections kept at once: one bad resource is rejected by every Envoy of the fleet.</summary>
    private const int MostRejections = 1000;

    private readonly Dictionary<(string Node, XdsType Type), Standing> _rejections = [];

    /// <summary>The newest translation.</summary>
    public ProxyTranslation? Translation { get; set; }

    /// <summary>Takes what an Envoy's actor tells; true if the reports differ now.</summary>
    public bool Take(ProxyRejection told, Func<ResourceName, ResourceHash?> served)
    {
        var key = (told.NodeId, (XdsType)told.Type);
        if (told.Resolved || told.Rejection is null) return _rejections.Remove(key);
        if (!_rejections.ContainsKey(key) && _rejections.Count >= MostRejections) return false;
        var names = told.Rejection.Resources
            .Select(name => new ResourceName((XdsType)told.Type, name))
            .Select(name => (name, served(name)))
            .ToImmutableArray();
        _rejections[key] = new Standing(told.Rejection.Message, told.Rejection.Generation.ToCore(), names);
        return true;
    }

    /// <summary>Drops rejections of contents that are offered no more; true if the reports differ now.</summary>
    public bool Offered(Func<ResourceName, ResourceHash?> served)
    {
        var over = _rejections
            .Where(rejection => rejection.Value.Resources.Any(named => served(named.Name) != named.Hash))
            .Select(rejection => rejection.Key)
            .ToArray();
        foreach (var key in over) _rejections.Remove(key);
        return over.Length > 0;
    }

    /// <summary>One report per input, ordered by key.</summary>
    public ImmutableArray<ResourceReport> All()
    {
        var reports = Translation?.Reports ?? [];
        if (_rejections.Count == 0 || Translation is null) return reports;
        var said = _rejections.OrderBy(rejection => rejection.Key.Node, StringComparer.Ordinal)
            .SelectMany(rejection => Blamed(rejection.Key.Node, rejection.Value))
            .ToLookup(blame => blame.Resource, blame => blame.Diagnostic);
        var known = reports.ToDictionary(report => report.Resource);
        foreach (var blamed in said)
        {
            var report = known.GetValueOrDefault(blamed.Key) ?? new ResourceReport(blamed.Key, []);
            known[blamed.Key] =
                report with { Diagnostics = [.. report.Diagnostics, .. blamed.DistinctBy(d => d.Message)] };
        }

        return [.. known.Values.OrderBy(report => report.Resource)];
    }

    private IEnumerable<(ResourceKey Resource, Diagnostic Diagnostic)> Blamed(string node, Standing standing)
    {
        foreach (var (name, _) in standing.Resources)
        {
            foreach (var input in Translation!.Provenance.GetValueOrDefault((name.Type, name.Name), []))
            {
                yield return (input, new Diagnostic(
                    ActorCodes.Rejected, Severity.Error,
                    $"Envoy rejected {name} of {Translation.Proxy}: {standing.Message}")
                {
                    Resource = input,
                    Hint = $"first rejected by the node '{node}'",
                });
            }
        }
    }

    private sealed record Standing(
        string Message, Generation Generation, ImmutableArray<(ResourceName Name, ResourceHash? Hash)> Resources);
}
