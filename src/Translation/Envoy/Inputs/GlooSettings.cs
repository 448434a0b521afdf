using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>Which Settings resource is in force.</summary>
internal static class GlooSettings
{
    /// <summary>Settings with nothing set.</summary>
    public static readonly GlooV1.Settings None = new();

    private static readonly ResourceKey Default = ResourceKey.Of(ResourceKinds.Settings, "gloo-system", "default");

    /// <summary>
    /// <c>gloo-system/default</c>; if that does not exist, the only Settings there are, for installations in another
    /// namespace.
    /// </summary>
    public static ResourceKey KeyIn(CatalogView view)
    {
        var all = view.OfKind(ResourceKinds.Settings);
        return all.Count == 1 ? all.First().Key : Default;
    }
}
