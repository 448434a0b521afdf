using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>The Proxies that Gateways of the Gateway API make, one each (gateway-translation 2.2 and 3.1).</summary>
public static class KubeProxies
{
    /// <summary>First part of the role of their Envoys, and the value of the Proxy's label.</summary>
    public const string CreatedBy = "gloo-kube-gateway-api";

    /// <summary>The label that says who made a Proxy.</summary>
    public const string CreatedByLabel = "created_by";

    /// <summary>The Proxy of a Gateway: <c>gloo-kube-gateway-api~[namespace]~[namespace]-[name]</c>.</summary>
    public static ProxyId IdOf(ResourceKey gateway) =>
        new(CreatedBy, $"{gateway.Namespace}~{gateway.Namespace}-{gateway.Name}");

    /// <summary>The Gateway that a Proxy is made of; null if it is one of the classic API.</summary>
    public static ResourceKey? GatewayOf(ProxyId proxy)
    {
        if (proxy.Namespace != CreatedBy) return null;
        var tilde = proxy.Name.IndexOf('~', StringComparison.Ordinal);
        if (tilde <= 0) return null;
        var ns = proxy.Name[..tilde];
        var rest = proxy.Name.AsSpan(tilde + 1);
        return rest.StartsWith(ns) && rest.Length > ns.Length + 1 && rest[ns.Length] == '-'
            ? ResourceKey.Of(GatewayApiKinds.Gateway, ns, rest[(ns.Length + 1)..].ToString())
            : null;
    }

    /// <summary>Whether a Proxy was made of a Gateway.</summary>
    internal static bool Made(Solo.Gloo.Proxy proxy) =>
        proxy.Metadata?.Labels.TryGetValue(CreatedByLabel, out var by) == true && by == CreatedBy;

    /// <summary>The Proxies of a view.</summary>
    public static IEnumerable<ProxyId> All(CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.OfKind(GatewayApiKinds.Gateway).Values
            .Where(gateway => GatewayClasses.IsOurs(view, gateway.As<Api.GatewayApi.Gateway>().Spec.GatewayClassName))
            .Select(gateway => IdOf(gateway.Key));
    }
}
