using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.Explain;

/// <summary>Explains RouteOptions and VirtualHostOptions: where what refers to them is served.</summary>
internal static class Options
{
    public static void Explain(Findings findings, Resource option)
    {
        var references = findings.Inputs.References.ToOption(option.Key);
        foreach (var proxy in findings.Inputs.Proxies)
        {
            foreach (var unit in proxy.Units.Where(proxy.Listens)) Unit(findings, option, proxy, unit, references);
        }

        if (findings.HasPlaces) return;
        if (references.IsEmpty)
        {
            findings.Miss(new MissedGate(
                Gate.Referred, $"nothing refers to it (optionsConfigRefs of a {Holder(option.Key)})",
                "name it in optionsConfigRefs.delegateOptions"));
        }

        foreach (var reference in references)
            findings.MissParent(reference, Explainer.Explain(findings.Inputs, reference.From));
    }

    private static void Unit(
        Findings findings, Resource option, ExplainedProxy proxy, GatewayUnit unit,
        ImmutableArray<InputReference> references)
    {
        foreach (var member in unit.Sets.SelectMany(set => set.Groups).SelectMany(group => group.Members))
        {
            if (member.Host is null || !member.Piece.Dependencies.Used.Contains(option)) continue;
            var by = references.Where(reference => IsPartOf(reference.From, member.Piece)).Select(r => r.ToString());
            foreach (var place in VirtualServices.Places(proxy, unit, member, _ => false))
                findings.Add(place with { By = [.. by] });
        }
    }

    private static bool IsPartOf(ResourceKey from, Gateway.VirtualHostPiece piece) =>
        piece.Source.Key == from || piece.Dependencies.Used.Any(used => used.Key == from);

    private static string Holder(ResourceKey option) =>
        option.Is(ResourceKinds.RouteOption) ? "route" : "virtual host";
}
