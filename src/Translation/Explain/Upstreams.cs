using Stagedoor.Api;
using Stagedoor.Translation.Envoy;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Explain;

/// <summary>Explains Upstreams: the routes that lead to them, and why there is no cluster or no route.</summary>
internal static class Upstreams
{
    public static void Explain(Findings findings, ResourceKey key)
    {
        var cluster = EnvoyNames.Cluster(key);
        var references = findings.Inputs.References.ToUpstream(key);
        foreach (var proxy in findings.Inputs.Proxies) Places(findings, proxy, cluster, references);
        if (findings.HasPlaces) return;
        if (UpstreamTranslator.Translate(findings.Inputs.View, key) is { Cluster: null } translation)
        {
            var error = translation.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error);
            findings.Miss(new MissedGate(
                Gate.Valid, $"no cluster is made of it: {error?.Message ?? "it is of no type that is translated"}",
                error?.Hint ?? "see what 'check' says of it"));
        }

        if (references.IsEmpty)
        {
            findings.Miss(new MissedGate(
                Gate.Referred, "no route names it, so that no Proxy is sent its cluster",
                "name it in a routeAction"));
        }

        foreach (var reference in references)
        {
            var parent = Explainer.Explain(findings.Inputs, reference.From);
            if (parent.Places.IsEmpty) findings.MissParent(reference, parent);
        }
    }

    private static void Places(
        Findings findings, ExplainedProxy proxy, string cluster, IEnumerable<InputReference> references)
    {
        var isSent = proxy.Translation.Resources.Any(
            resource => resource.Type == XdsType.Cluster && resource.Name == cluster);
        if (!isSent) return;
        var by = references.Select(reference => reference.ToString()).ToList();
        var any = false;
        foreach (var (listener, gateway) in proxy.Listeners())
        {
            foreach (var routes in proxy.RoutesOf(listener))
            {
                foreach (var host in routes.VirtualHosts)
                {
                    var wanted = host.Routes.Where(route => RouteClusters.Of(route).Contains(cluster)).ToList();
                    if (wanted.Count == 0) continue;
                    any = true;
                    findings.Add(new Place(proxy.Id)
                    {
                        Gateway = gateway,
                        Listener = listener,
                        RouteConfiguration = routes.Name,
                        VirtualHosts = [host.Name],
                        Domains = [.. host.Domains],
                        Routes = [.. wanted.Select(route => route.Name)],
                        Clusters = [cluster],
                        By = [.. by],
                    });
                }
            }
        }

        // Named by a filter, a TCP host or an access log rather than by a route.
        if (!any) findings.Add(new Place(proxy.Id) { Clusters = [cluster], By = [.. by] });
    }
}
