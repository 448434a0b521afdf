using Type = Solo.Gloo.Upstream.UpstreamTypeOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary><c>serviceSpec</c>: what discovery or the user says of the functions of an Upstream.</summary>
internal static class ServiceSpecs
{
    /// <summary>The specification; null if there is none.</summary>
    public static GlooV1.Options.ServiceSpec? Of(GlooV1.Upstream? upstream) => upstream?.UpstreamTypeCase switch
    {
        Type.Kube => upstream.Kube.ServiceSpec,
        Type.Static => upstream.Static.ServiceSpec,
        Type.Pipe => upstream.Pipe.ServiceSpec,
        Type.Consul => upstream.Consul.ServiceSpec,
        _ => null,
    };
}
