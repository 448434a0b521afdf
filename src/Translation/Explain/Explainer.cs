using Stagedoor.Api;

namespace Stagedoor.Translation.Explain;

/// <summary>
/// Says where an input object ended up, and if nowhere, which gate it failed first. Pure; translates the view from
/// scratch, so it costs as much as that.
/// </summary>
public static class Explainer
{
    /// <summary>The kinds that can be explained.</summary>
    public static readonly IReadOnlyList<ResourceKind> Kinds =
    [
        ResourceKinds.VirtualService, ResourceKinds.RouteTable, ResourceKinds.Upstream, ResourceKinds.RouteOption,
        ResourceKinds.VirtualHostOption, ResourceKinds.Gateway,
    ];

    /// <summary>Explains one object, also one that does not exist.</summary>
    /// <exception cref="ArgumentException">The kind is none of <see cref="Kinds"/>.</exception>
    public static Explanation Explain(CatalogView view, ResourceKey key)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Explain(new ExplainInputs(view), key);
    }

    /// <summary>The VirtualServices, RouteTables and Gateways that take effect nowhere, in the order of keys.</summary>
    public static IEnumerable<Explanation> Idle(CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var inputs = new ExplainInputs(view);
        return new[] { ResourceKinds.Gateway, ResourceKinds.VirtualService, ResourceKinds.RouteTable }
            .SelectMany(kind => view.OfKind(kind).Keys)
            .Order()
            .Select(key => Find(inputs, key))
            .Where(findings => !findings.HasPlaces)
            .Select(findings => findings.ToExplanation());
    }

    internal static Explanation Explain(ExplainInputs inputs, ResourceKey key) => Find(inputs, key).ToExplanation();

    private static Findings Find(ExplainInputs inputs, ResourceKey key)
    {
        var resource = inputs.View.Find(key);
        var findings = new Findings(inputs, key);
        var inMemory = key.Is(ResourceKinds.Upstream) && ProxyIndex.Upstreams(inputs.View).Contains(key);
        if (!inMemory && inputs.CommonGate(key, resource) is { } common) findings.Miss(common);
        else if (key.Is(ResourceKinds.VirtualService)) VirtualServices.Explain(findings, resource!);
        else if (key.Is(ResourceKinds.RouteTable)) RouteTables.Explain(findings, resource!);
        else if (key.Is(ResourceKinds.Upstream)) Upstreams.Explain(findings, key);
        else if (key.Is(ResourceKinds.Gateway)) Gateways.Explain(findings, resource!);
        else if (key.Is(ResourceKinds.RouteOption) || key.Is(ResourceKinds.VirtualHostOption))
            Options.Explain(findings, resource!);
        else throw new ArgumentException($"objects of kind {key.Kind} cannot be explained", nameof(key));
        return findings;
    }
}
