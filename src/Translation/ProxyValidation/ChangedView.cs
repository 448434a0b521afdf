using Solo.Core;
using Stagedoor.Api;
using Stagedoor.Api.Core;

namespace Stagedoor.Translation.ProxyValidation;

/// <summary>Views with a change that somebody asks about (infrastructure 2.1).</summary>
public static class ChangedView
{
    private static readonly SourceLocation Asked = new("validation request", 0);

    /// <summary>The view with Upstreams added or replaced.</summary>
    /// <exception cref="ArgumentException">An Upstream has no name or namespace.</exception>
    public static CatalogView WithUpstreams(CatalogView view, IEnumerable<GlooV1.Upstream> upstreams)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.With(upstreams.Select(Resource).ToList(), [], view.Diagnostics, view.IsSynced);
    }

    /// <summary>
    /// The view without Upstreams and Secrets. With an Upstream for a port of a Service goes the one in memory for the
    /// same port.
    /// </summary>
    public static CatalogView Without(
        CatalogView view, IEnumerable<ResourceRef> upstreams, IEnumerable<ResourceRef> secrets)
    {
        ArgumentNullException.ThrowIfNull(view);
        var gone = upstreams.Select(reference => KeyOf(ResourceKinds.Upstream, reference))
            .Concat(secrets.Select(reference => KeyOf(ResourceKinds.Secret, reference)))
            .Where(key => view.Find(key) is not null)
            .ToList();
        var services = new Dictionary<ResourceKey, Resource>();
        foreach (var key in gone.Where(key => key.Is(ResourceKinds.Upstream)))
        {
            if (view.Find(key)!.As<GlooV1.Upstream>().Kube is not { } kube) continue;
            var service = ResourceKey.Of(ResourceKinds.Service, kube.ServiceNamespace, kube.ServiceName);
            var resource = services.GetValueOrDefault(service) ?? view.Find(service);
            if (resource is not null) services[service] = WithoutPort(resource, (int)kube.ServicePort);
        }

        return view.With(services.Values, gone, view.Diagnostics, view.IsSynced);
    }

    private static Resource WithoutPort(Resource resource, int port)
    {
        var service = resource.As<Service>();
        return resource with { Body = service with { Ports = [.. service.Ports.Where(p => p.Port != port)] } };
    }

    private static Resource Resource(GlooV1.Upstream upstream)
    {
        var metadata = upstream.Metadata ?? new Metadata();
        if (metadata.Name.Length == 0 || metadata.Namespace.Length == 0)
            throw new ArgumentException("every upstream needs metadata.name and metadata.namespace");
        var body = upstream.Clone();
        body.NamespacedStatuses = null;
        var read = new ResourceMetadata
        {
            Labels = new ResourceMetadata().Labels.AddRange(metadata.Labels),
            Annotations = new ResourceMetadata().Annotations.AddRange(metadata.Annotations),
            Generation = metadata.Generation,
        };
        var key = ResourceKey.Of(ResourceKinds.Upstream, metadata.Namespace, metadata.Name);
        return new Resource(key, read, body, Asked, ContentHashes.Of(read, body));
    }

    private static ResourceKey KeyOf(ResourceKind kind, ResourceRef reference) =>
        ResourceKey.Of(kind, reference.Namespace, reference.Name);
}
