using Solo.Core;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Which input made a part of a Proxy, in <c>metadataStatic</c> (gateway-translation 1.3): kinds are written
/// <c>*v1.Gateway</c>.
/// </summary>
public static class SourceRefs
{
    private const string Prefix = "*v1.";

    /// <summary>The reference to a resource.</summary>
    public static SourceMetadata.Types.SourceRef Of(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new SourceMetadata.Types.SourceRef
        {
            ResourceRef = new ResourceRef { Name = resource.Key.Name, Namespace = resource.Key.Namespace },
            ResourceKind = Kind(resource.Key),
            ObservedGeneration = resource.Metadata.Generation,
        };
    }

    /// <summary>The metadata of a part made from one resource.</summary>
    public static SourceMetadata MetadataOf(Resource resource)
    {
        var metadata = new SourceMetadata();
        metadata.Sources.Add(Of(resource));
        return metadata;
    }

    /// <summary>The key of the resource that a reference names; null if it is of no kind of the classic API.</summary>
    public static ResourceKey? Key(SourceMetadata.Types.SourceRef source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.ResourceRef is not { } reference) return null;
        foreach (var kind in (ReadOnlySpan<ResourceKind>)[
            ResourceKinds.VirtualService, ResourceKinds.RouteTable, ResourceKinds.Gateway])
        {
            if (source.ResourceKind.AsSpan().EndsWith(kind.Kind) && source.ResourceKind.StartsWith(Prefix))
                return ResourceKey.Of(kind, reference.Namespace, reference.Name);
        }

        return null;
    }

    private static string Kind(in ResourceKey key) => key.Kind switch
    {
        "VirtualService" => "*v1.VirtualService",
        "RouteTable" => "*v1.RouteTable",
        "Gateway" => "*v1.Gateway",
        _ => Prefix + key.Kind,
    };
}
