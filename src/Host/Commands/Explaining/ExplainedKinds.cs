using Stagedoor.Api;
using Stagedoor.Translation.Explain;

namespace Stagedoor.Host.Commands.Explaining;

/// <summary>The names by which users call kinds and objects.</summary>
internal static class ExplainedKinds
{
    private static readonly Dictionary<string, string> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["vs"] = "VirtualService",
        ["rt"] = "RouteTable",
        ["us"] = "Upstream",
        ["gw"] = "Gateway",
        ["rto"] = "RouteOption",
        ["vho"] = "VirtualHostOption",
    };

    /// <summary>Kinds in words, for help and messages.</summary>
    public static string Names { get; } = string.Join(", ", Explainer.Kinds.Select(kind => kind.Kind));

    /// <summary>The key of an object; kinds in any case, in the plural, or short.</summary>
    /// <exception cref="CommandException">The kind is not known, or the name is not NAMESPACE/NAME.</exception>
    public static ResourceKey Key(string kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var found = Explainer.Kinds.FirstOrDefault(known => Means(kind, known.Kind));
        if (found.Kind is null)
            throw new CommandException(HostCodes.NoSuchObject, $"'{kind}' is none of the kinds {Names}");
        return name.Split('/') is [{ Length: > 0 } ns, { Length: > 0 } own]
            ? ResourceKey.Of(found, ns, own)
            : throw new CommandException(
                HostCodes.NoSuchObject, $"'{name}' is not NAMESPACE/NAME, for example gloo-system/pets");
    }

    private static bool Means(string written, string kind) =>
        string.Equals(Short.GetValueOrDefault(written, written), kind, StringComparison.OrdinalIgnoreCase)
        || string.Equals(written, kind + "s", StringComparison.OrdinalIgnoreCase);
}
