using Solo.Core;
using Solo.Gloo;
using Stagedoor.Api;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>
/// Which object of the Gateway API made a part of a Proxy: its kind is written <c>group/kind</c> in
/// <c>metadataStatic</c>.
/// </summary>
internal static class KubeSources
{
    /// <summary>The metadata of a part made from one object.</summary>
    public static SourceMetadata MetadataOf(Resource resource)
    {
        var metadata = new SourceMetadata();
        metadata.Sources.Add(new SourceMetadata.Types.SourceRef
        {
            ResourceRef = new ResourceRef { Name = resource.Key.Name, Namespace = resource.Key.Namespace },
            ResourceKind = $"{resource.Key.Group}/{resource.Key.Kind}",
            ObservedGeneration = resource.Metadata.Generation,
        });
        return metadata;
    }
}
