using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Proxies that users keep as objects: written by hand, or left behind by Gloo with <c>persistProxySpec</c>
/// (gateway-translation 1.9 and 1.11).
/// </summary>
internal static class StoredProxies
{
    /// <summary>Label that tells what made a Proxy.</summary>
    public const string CreatedBy = "created_by";

    /// <summary>Value of <see cref="CreatedBy"/> for Proxies made of Gateways.</summary>
    public const string ByGateways = "gloo-gateway";

    /// <summary>Annotation of Proxies whose spec is stored compressed.</summary>
    public const string Compress = "gloo.solo.io/compress";

    /// <summary>Adds the stored Proxy of that name, or what became of it, to a translation.</summary>
    public static GatewayTranslation Apply(CatalogView view, GatewayTranslation translation)
    {
        if (view.Find(ResourceKinds.Proxy, translation.Id.Namespace, translation.Id.Name) is not { } stored
            || !IsServed(stored, EdgeSettings.Of(view)))
            return translation;
        if (translation.Reports.IsEmpty)
        {
            return translation with
            {
                Proxy = stored.As<Solo.Gloo.Proxy>(),
                Stored = stored.Key,
                Reports = [new ResourceReport(stored.Key, [])],
            };
        }

        var overridden = Remark.Warning(
            stored, GatewayCodes.ProxyOverridden, null, "not served: Gateways make a proxy of this name");
        return translation with { Reports = translation.Reports.Add(new ResourceReport(stored.Key, [overridden])) };
    }

    /// <summary>
    /// Whether a stored Proxy counts. What Gateways of the classic API left behind does not while these are translated;
    /// what the Gateway API left behind never does.
    /// </summary>
    public static bool IsServed(Resource stored, EdgeSettings settings)
    {
        if (!settings.Watched.Contains(stored.Key.Namespace)) return false;
        return stored.Metadata.Labels.GetValueOrDefault(CreatedBy) switch
        {
            ByGateways or "gloo-gateway-translator" or "gateway" => !settings.Enabled,
            "gloo-kube-gateway-api" => false,
            _ => true,
        };
    }
}
