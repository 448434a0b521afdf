using System.Globalization;
using Stagedoor.Api;
using Stagedoor.Api.Core;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// The Upstreams that exist in memory only, one for each port of each Kubernetes Service (envoy-translation 7.2):
/// what a
/// destination <c>kube</c> refers to.
/// </summary>
internal static class KubeUpstreams
{
    private const string Http2Annotation = "gloo.solo.io/h2_service";

    /// <summary>Whether a key is that of such an Upstream.</summary>
    public static bool Is(ResourceKey upstream) =>
        upstream.Name.StartsWith(KubeServiceNames.Prefix, StringComparison.Ordinal);

    /// <summary>The Upstream of a Service's port; null if there is no such Service or port.</summary>
    public static GlooV1.Upstream? Find(ResourceKey upstream, TrackedView view, List<Problem> problems)
    {
        if (view.Settings.Gloo?.DisableKubernetesDestinations == true) return null;
        return ServiceOf(upstream, view) is var (service, port)
            ? ServiceAnnotations.Apply(
                Make(upstream, service, port, view.Settings), service, port, view.Settings, problems)
            : null;
    }

    private static (Resource Service, ServicePort Port)? ServiceOf(ResourceKey upstream, TrackedView view)
    {
        var ns = upstream.Namespace;
        var name = upstream.Name[KubeServiceNames.Prefix.Length..];
        var dash = name.LastIndexOf('-');
        if (name.StartsWith(ns + "-", StringComparison.Ordinal) && dash > ns.Length
            && view.Find(ResourceKey.Of(ResourceKinds.Service, ns, name[(ns.Length + 1)..dash])) is { } service
            && PortOf(upstream, service) is { } port)
            return (service, port);

        // A long or unusual name was hashed or altered; only looking at all Services of the namespace can tell whose
        // it is.
        view.Touch(AllServicesOf(ns));
        foreach (var (key, candidate) in view.View.OfKind(ResourceKinds.Service))
        {
            if (key.Namespace == ns && PortOf(upstream, candidate) is { } match) return (candidate, match);
        }

        return null;
    }

    /// <summary>The key that stands for all Services of a namespace among dependencies.</summary>
    public static ResourceKey AllServicesOf(string ns) => new("", "ServicesOf", ns, "");

    private static ServicePort? PortOf(ResourceKey upstream, Resource service) =>
        service.As<Service>().Ports.FirstOrDefault(port =>
            KubeServiceNames.KeyOf(service.Key.Namespace, service.Key.Name, port.Port) == upstream);

    private static GlooV1.Upstream Make(
        ResourceKey key, Resource service, ServicePort port, GlooV1.Settings settings)
    {
        var upstream = new GlooV1.Upstream
        {
            Metadata = new Solo.Core.Metadata { Name = key.Name, Namespace = key.Namespace },
            Kube = new GlooV1.Options.Kubernetes.UpstreamSpec
            {
                ServiceName = service.Key.Name,
                ServiceNamespace = service.Key.Namespace,
                ServicePort = (uint)port.Port,
            },
        };
        if (IsHttp2(service, port, settings)) upstream.UseHttp2 = true;
        return upstream;
    }

    private static bool IsHttp2(Resource service, ServicePort port, GlooV1.Settings settings)
    {
        var global = settings.UpstreamOptions?.GlobalAnnotations;
        var annotation = service.Metadata.Annotations.GetValueOrDefault(Http2Annotation)
            ?? (global is not null && global.TryGetValue(Http2Annotation, out var value) ? value : null);
        if (bool.TryParse(annotation, out var isHttp2)) return isHttp2;
        if (port.AppProtocol.Length > 0)
            return port.AppProtocol is "http2" or "grpc" or "grpc-web" or "kubernetes.io/h2c";
        string[] prefixes = ["grpc", "h2", "http2"];
        return prefixes.Any(prefix => port.Name.StartsWith(prefix, false, CultureInfo.InvariantCulture));
    }
}
