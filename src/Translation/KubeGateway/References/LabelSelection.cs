using System.Collections.Immutable;
using Stagedoor.Api.GatewayApi;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Whether labels are selected (meta/v1 LabelSelector).</summary>
internal static class LabelSelection
{
    /// <summary>Whether all requirements hold; a selector without any selects everything.</summary>
    public static bool Selects(LabelSelector selector, ImmutableSortedDictionary<string, string> labels) =>
        selector.MatchLabels.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && selector.MatchExpressions.All(requirement => Holds(requirement, labels));

    private static bool Holds(LabelSelectorRequirement requirement, ImmutableSortedDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            "In" => has && requirement.Values.Contains(value!, StringComparer.Ordinal),
            "NotIn" => !has || !requirement.Values.Contains(value!, StringComparer.Ordinal),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
