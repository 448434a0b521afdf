using Stagedoor.Api;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.Explain;

/// <summary>The words for the gates of a Gateway's selection (gateway-translation 1.5).</summary>
internal static class SelectionGates
{
    /// <summary>The gate with reason and hint.</summary>
    public static MissedGate Missed(SelectionGate gate, Resource service, GatewayUnit unit, SubGateway part)
    {
        var at = $"{unit.Gateway.Key} {part.Field}";
        var hasSsl = service.As<Solo.Gateway.VirtualService>().SslConfig is not null;
        var missed = gate switch
        {
            SelectionGate.Ssl => new MissedGate(
                Gate.Ssl,
                hasSsl
                    ? $"it has sslConfig, and {at} serves only VirtualServices without"
                    : $"it has no sslConfig, and {at} serves only VirtualServices with one",
                hasSsl
                    ? "give a Gateway ssl: true and a port of its own, or remove sslConfig"
                    : "add sslConfig, or use a Gateway without ssl"),
            SelectionGate.BadExpression => new MissedGate(
                Gate.Expression, $"{at} selects nothing: {part.Set!.Selector.Error}",
                "correct virtualServiceExpressions of the Gateway"),
            SelectionGate.Reference => new MissedGate(
                Gate.Reference, $"{at} names the VirtualServices that it serves, and this is none of them",
                $"add it to virtualServices, or leave the list out; named are {Named(part)}"),
            SelectionGate.Namespace => new MissedGate(
                Gate.Namespace,
                $"{at} does not allow the namespace {service.Key.Namespace} (virtualServiceNamespaces)",
                "add the namespace there, or \"*\" for all"),
            _ => new MissedGate(
                Gate.Labels, $"its labels ({Labels(service)}) are not those that {at} asks for",
                "correct the labels, or virtualServiceSelector or virtualServiceExpressions of the Gateway"),
        };
        return missed with { At = unit.Gateway.Key };
    }

    private static string Named(SubGateway part)
    {
        var names = part.Set!.Selector.References
            .Select(reference => $"{reference.Namespace}/{reference.Name}")
            .ToList();
        return Shorten.Names(names, names.Count);
    }

    private static string Labels(Resource service) => service.Metadata.Labels.Count == 0
        ? "none"
        : Shorten.Names(
            service.Metadata.Labels.Select(label => $"{label.Key}={label.Value}"), service.Metadata.Labels.Count);
}
