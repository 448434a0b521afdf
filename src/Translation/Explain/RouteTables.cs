using System.Collections.Immutable;
using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.Explain;

/// <summary>Explains RouteTables: the routes that they became, and why they became none.</summary>
internal static class RouteTables
{
    private const int MaxDepth = 100;

    public static void Explain(Findings findings, Resource table) => Explain(findings, table, 0);

    private static void Explain(Findings findings, Resource table, int depth)
    {
        var references = findings.Inputs.References.ToRouteTable(table);
        var by = references.Where(reference => reference.Miss is null).ToImmutableArray();
        Places(findings, table.Key, [.. by.Select(reference => reference.ToString())]);
        if (findings.HasPlaces) return;
        foreach (var miss in references.Where(reference => reference.Miss is not null))
        {
            findings.Miss(new MissedGate(
                Gate.Referred, $"{miss} does not mean it: {miss.Miss}",
                "correct the delegateAction, or the namespace and labels of the RouteTable")
            {
                At = miss.From,
            });
        }

        if (references.IsEmpty)
        {
            findings.Miss(new MissedGate(
                Gate.Referred, "no VirtualService or RouteTable delegates to it",
                "add a route with a delegateAction that names or selects it"));
        }

        foreach (var reference in by) Parent(findings, table, reference, depth);
    }

    private static void Parent(Findings findings, Resource table, InputReference reference, int depth)
    {
        var inputs = findings.Inputs;
        var parent = new Findings(inputs, reference.From);
        var resource = inputs.View.Find(reference.From)!;
        if (inputs.CommonGate(reference.From, resource) is { } common) parent.Miss(common);
        else if (reference.From.Is(ResourceKinds.VirtualService)) VirtualServices.Explain(parent, resource);
        else if (depth < MaxDepth && reference.From != table.Key) Explain(parent, resource, depth + 1);
        if (parent.HasPlaces) findings.Miss(Matchers(inputs, table.Key, reference));
        else findings.MissParent(reference, parent.ToExplanation());
    }

    /// <summary>Delegated to by something that takes effect, and yet it yields no route.</summary>
    private static MissedGate Matchers(ExplainInputs inputs, ResourceKey table, InputReference reference)
    {
        var said = inputs.DiagnosticsOf(table).Concat(inputs.DiagnosticsOf(reference.From))
            .FirstOrDefault(diagnostic => diagnostic.Code is GatewayCodes.ChildMatcher or GatewayCodes.DelegateMatcher
                or GatewayCodes.DelegationCycle or GatewayCodes.TooManyRoutes or GatewayCodes.BadRegex);
        return new MissedGate(
            Gate.Matchers,
            said is null
                ? $"{reference} delegates to it, and none of its routes is left"
                : $"{reference} delegates to it, but: {said.Message}",
            said?.Hint ?? "give it a route whose matchers begin with the prefix of the delegating route")
        {
            At = reference.From,
        };
    }

    private static void Places(Findings findings, ResourceKey table, ImmutableArray<string> by)
    {
        foreach (var proxy in findings.Inputs.Proxies)
        {
            foreach (var unit in proxy.Units.Where(proxy.Listens))
            {
                foreach (var member in unit.Sets.SelectMany(set => set.Groups).SelectMany(group => group.Members))
                {
                    if (member.Host is null) continue;
                    var stems = Stems(member.Piece.Host, table);
                    if (stems.Count == 0) continue;
                    foreach (var place in VirtualServices.Places(proxy, unit, member, IsOf))
                        findings.Add(place with { By = by });

                    bool IsOf(EnvoyRoute.Route route) =>
                        stems.Exists(stem => route.Name.StartsWith(stem, StringComparison.Ordinal));
                }
            }
        }
    }

    /// <summary>What the names of Envoy's routes begin with that came from the table (envoy-translation 4.3).</summary>
    private static List<string> Stems(GlooV1.VirtualHost host, ResourceKey table)
    {
        var stems = new List<string>();
        for (var i = 0; i < host.Routes.Count; i++)
        {
            if (host.Routes[i].MetadataStatic is { } metadata && metadata.Sources.Any(s => SourceRefs.Key(s) == table))
                stems.Add(Stem(host, i));
        }

        return stems;
    }

    private static string Stem(GlooV1.VirtualHost host, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{ExplainedProxy.NameInEnvoy(host)}-route-{index}-");
}
