using System.Collections.Immutable;
using System.Text;
using Stagedoor.Api;
using Stagedoor.Translation;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Tests;

/// <summary>An input of the toy translation: one resource of one proxy.</summary>
internal sealed record ToyResource(string Proxy, XdsType Type, string Name, string Content)
{
    /// <summary>Stored as a ConfigMap of the proxy's namespace.</summary>
    public ResourceKey Key => ResourceKey.Of(ResourceKinds.ConfigMap, Proxy, $"{(int)Type}.{Name}");
}

/// <summary>
/// Stands for the translation room: every input is one resource, its content the bytes. The word "boom" throws, and an
/// Upstream's content is its cluster.
/// </summary>
internal static class ToyTranslation
{
    public static readonly TranslationFunctions Functions = new()
    {
        Proxies = view => Inputs(view).Select(input => Id(input.Proxy)).Distinct(),
        TouchedProxies = (view, _, changed) => changed.Select(key => Id(key.Namespace)).Distinct(),
        Upstreams = view => view.OfKind(ResourceKinds.Upstream).Keys,
        TouchedUpstreams = (_, _, changed) => changed.Where(key => key.Is(ResourceKinds.Upstream)),
        NewProxyTranslator = proxy =>
        {
            var memo = new Dictionary<ToyResource, EncodedResource>();
            return view => Translate(view, proxy, memo);
        },
        TranslateUpstream = (view, key) => new UpstreamTranslation(key, view.Version),
    };

    public static CatalogChange Step(CatalogView view, ToyResource[] put, ResourceKey[] removed)
    {
        var resources = put.Select(input => new Resource(
            input.Key, new ResourceMetadata(), input, new SourceLocation("toy.yaml", 1), 0)).ToArray();
        var next = view.With(resources, removed, [], isSynced: true);
        return new CatalogChange(next, [.. resources.Select(resource => resource.Key), .. removed]);
    }

    public static EncodedResource Encode(ToyResource input) => EncodedResource.FromBytes(
        input.Type, input.Name, Encoding.UTF8.GetBytes(input.Content), [], ResourceRefs.None);

    private static ProxyTranslation Translate(
        CatalogView view, ProxyId proxy, Dictionary<ToyResource, EncodedResource> memo)
    {
        var inputs = Inputs(view).Where(input => Id(input.Proxy) == proxy).ToArray();
        if (inputs.Any(input => input.Content == "boom")) throw new InvalidOperationException("boom");
        var resources = inputs.Select(input =>
        {
            if (!memo.TryGetValue(input, out var encoded)) memo[input] = encoded = Encode(input);
            return encoded;
        });
        return new ProxyTranslation(proxy, view.Version)
        {
            GlooProxy = inputs.Length == 0 ? null : new Solo.Gloo.Proxy(),
            Resources = [.. resources.OrderBy(r => (int)r.Type).ThenBy(r => r.Name, StringComparer.Ordinal)],
            Reports = [.. inputs.Select(input => new ResourceReport(input.Key, []))],
            Provenance = inputs.ToImmutableDictionary(
                input => (input.Type, input.Name), input => ImmutableArray.Create(input.Key)),
        };
    }

    private static IEnumerable<ToyResource> Inputs(CatalogView view) =>
        view.OfKind(ResourceKinds.ConfigMap).Values.Select(resource => resource.As<ToyResource>());

    private static ProxyId Id(string proxy) => ProxyId.TryParse(proxy, out var id) ? id : default;
}
