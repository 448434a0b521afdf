using System.Collections.Frozen;
using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.Envoy;

/// <summary>Reads the input resources that a part of a Proxy came from (<c>metadataStatic</c>).</summary>
internal static class Sources
{
    private static readonly ResourceKind[] Kinds =
    [
        ResourceKinds.VirtualService, ResourceKinds.RouteTable, ResourceKinds.Gateway, ResourceKinds.RouteOption,
        ResourceKinds.VirtualHostOption, ResourceKinds.ListenerOption, ResourceKinds.HttpListenerOption,
        ResourceKinds.MatchableHttpGateway, ResourceKinds.MatchableTcpGateway,
    ];

    private static readonly FrozenDictionary<string, ResourceKind> KubeKinds = GatewayApiKinds.All.Values
        .ToFrozenDictionary(kind => $"{kind.Kind.Group}/{kind.Kind.Kind}", kind => kind.Kind, StringComparer.Ordinal);

    /// <summary>The sources, or <paramref name="parent"/>'s if there are none.</summary>
    public static ImmutableArray<ResourceKey> Of(GlooV1.SourceMetadata? metadata, ImmutableArray<ResourceKey> parent)
    {
        if (metadata is null || metadata.Sources.Count == 0) return parent;
        var keys = ImmutableArray.CreateBuilder<ResourceKey>(metadata.Sources.Count);
        foreach (var source in metadata.Sources)
            if (KindOf(source.ResourceKind) is { } kind && source.ResourceRef is { } reference)
                keys.Add(ResourceKey.Of(kind, reference.Namespace, reference.Name));
        return keys.Count == 0 ? parent : keys.ToImmutable();
    }

    // Gloo writes Go's type names, "*v1.VirtualService".
    private static ResourceKind? KindOf(string text)
    {
        if (KubeKinds.TryGetValue(text, out var kube)) return kube;
        var name = text[(text.LastIndexOf('.') + 1)..];
        foreach (var kind in Kinds)
            if (kind.Kind == name)
                return kind;
        return null;
    }
}
