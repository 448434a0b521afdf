using System.Collections.Immutable;
using Solo.Core;
using Solo.Gloo;
using Stagedoor.Api;
using Stagedoor.Translation.Gateway;
using ResourceReport = Stagedoor.Api.ResourceReport;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>A Gateway of the Gateway API as a Proxy, before it is translated for Envoy.</summary>
/// <param name="Proxy">The Proxy; null if there is no such Gateway, or it is not ours.</param>
/// <param name="Status">What is said in the Gateway API's terms.</param>
/// <param name="Reports">The same as diagnostics.</param>
internal sealed record KubeTranslation(Proxy? Proxy, KubeStatus? Status, ImmutableArray<ResourceReport> Reports)
{
    /// <summary>Of a Gateway that is not there.</summary>
    public static readonly KubeTranslation None = new(null, null, []);
}

/// <summary>
/// Translates Gateways and their routes to Proxies: by the Gateway API's specification first, then as Gloo does
/// (gateway-translation 2). Pure.
/// </summary>
internal static class KubeGatewayTranslator
{
    /// <summary>The Proxy of a Gateway.</summary>
    public static KubeTranslation Translate(CatalogView view, ResourceKey key)
    {
        if (view.Find(key) is not { } gateway) return KubeTranslation.None;
        var spec = gateway.As<Api.GatewayApi.Gateway>().Spec;
        if (!GatewayClasses.IsOurs(view, spec.GatewayClassName)) return KubeTranslation.None;
        List<ListenerState> listeners =
            [.. spec.Listeners.Select((listener, index) => new ListenerState(gateway, listener, index))];
        ListenerValidation.Check(listeners, view);
        var routes = Attachment.Attach(gateway, listeners, view);
        var settings = EdgeSettings.Of(view);
        var proxy = new Proxy
        {
            Metadata = new Metadata
            {
                Name = $"{key.Namespace}-{key.Name}",
                Namespace = settings.WriteNamespace,
                Labels =
                {
                    [KubeProxies.CreatedByLabel] = KubeProxies.CreatedBy,
                    ["gateway_namespace"] = key.Namespace,
                },
            },
        };
        proxy.Listeners.Add(ListenerAssembly.Build(gateway, listeners, "::", view));
        var status = new KubeStatus(
            key, KubeStatuses.OfGateway(gateway, listeners), [.. routes.SelectMany(KubeStatuses.OfRoute)]);
        return new KubeTranslation(
            proxy, status, [.. KubeReports.Of(gateway, listeners, routes), .. KubeReports.NotYet(view)]);
    }
}
