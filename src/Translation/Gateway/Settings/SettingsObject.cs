using Stagedoor.Api;

namespace Stagedoor.Translation.Gateway;

/// <summary>The one Settings object in force (infrastructure 6).</summary>
public static class SettingsObject
{
    /// <summary>Namespace that Gloo is installed to unless told otherwise.</summary>
    public const string DefaultNamespace = "gloo-system";

    private const string DefaultName = "default";
    private static readonly Solo.Gloo.Settings Nothing = new();

    /// <summary>
    /// The resource: <c>default</c> in <c>gloo-system</c>, else the only one there is, else null (several, none of them
    /// the default).
    /// </summary>
    public static Resource? Find(CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Find(ResourceKinds.Settings, DefaultNamespace, DefaultName) is { } found) return found;
        var all = view.OfKind(ResourceKinds.Settings);
        return all.Count == 1 ? all.Values.First() : null;
    }

    /// <summary>The message; one with nothing set if there is no Settings object in force.</summary>
    public static Solo.Gloo.Settings Read(CatalogView view) => Find(view)?.As<Solo.Gloo.Settings>() ?? Nothing;
}
