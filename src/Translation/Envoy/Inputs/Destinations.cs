using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>Which Upstream a destination means (envoy-translation 4.10).</summary>
internal static class Destinations
{
    /// <summary>The key of the Upstream; null if the destination names none.</summary>
    public static ResourceKey? UpstreamOf(GlooV1.Destination? destination) => destination?.DestinationTypeCase switch
    {
        GlooV1.Destination.DestinationTypeOneofCase.Upstream =>
            ResourceKey.Of(ResourceKinds.Upstream, destination.Upstream.Namespace, destination.Upstream.Name),
        GlooV1.Destination.DestinationTypeOneofCase.Kube => KubeServiceNames.KeyOf(
            destination.Kube.Ref?.Namespace ?? "", destination.Kube.Ref?.Name ?? "", (int)destination.Kube.Port),
        GlooV1.Destination.DestinationTypeOneofCase.Consul => ResourceKey.Of(
            ResourceKinds.Upstream, "gloo-system", "consul-svc:" + destination.Consul.ServiceName),
        _ => null,
    };
}
