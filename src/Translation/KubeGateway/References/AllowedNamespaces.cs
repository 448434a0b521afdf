using System.Collections.Immutable;
using Stagedoor.Api;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>From which namespaces something may attach: all, the same, or those that a selector selects.</summary>
internal static class AllowedNamespaces
{
    private static readonly ImmutableSortedDictionary<string, string> NoLabels =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Whether an object in a namespace may attach; a selector that is missing selects none.</summary>
    public static bool Allow(CatalogView view, string from, LabelSelector? selector, string own, string ns) =>
        from switch
        {
            "All" => true,
            "Same" => own == ns,
            "Selector" => selector is not null && LabelSelection.Selects(selector, LabelsOf(view, ns)),
            _ => false,
        };

    // Every namespace carries its own name as a label, whether its object is among the inputs or not.
    private static ImmutableSortedDictionary<string, string> LabelsOf(CatalogView view, string ns) =>
        (view.Find(ResourceKinds.Namespace, "", ns)?.Metadata.Labels ?? NoLabels)
            .SetItem("kubernetes.io/metadata.name", ns);
}
