using Stagedoor.Api;
using Stagedoor.Translation.Gateway;

namespace Stagedoor.Translation.Envoy;

/// <summary>Which Settings resource is in force.</summary>
internal static class GlooSettings
{
    /// <summary>Settings with nothing set.</summary>
    public static readonly GlooV1.Settings None = new();

    private static readonly ResourceKey Default =
        ResourceKey.Of(ResourceKinds.Settings, SettingsObject.DefaultNamespace, "default");

    /// <summary>The key of the Settings in force; of the default ones if there are none.</summary>
    public static ResourceKey KeyIn(CatalogView view) => SettingsObject.Find(view)?.Key ?? Default;
}
