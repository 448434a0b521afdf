using System.Collections.Immutable;
using Stagedoor.Api.GatewayApi;
using Stagedoor.Translation.Gateway;
using LabelSelector = Stagedoor.Api.GatewayApi.LabelSelector;

namespace Stagedoor.Translation.KubeGateway;

/// <summary>Whether labels are selected (meta/v1 LabelSelector).</summary>
internal static class LabelSelection
{
    /// <summary>Whether all requirements hold; a selector without any selects everything.</summary>
    public static bool Selects(LabelSelector selector, ImmutableSortedDictionary<string, string> labels) =>
        selector.MatchLabels.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && selector.MatchExpressions.All(requirement => Holds(requirement, labels));

    // An expression that Kubernetes would not accept selects nothing.
    private static bool Holds(LabelSelectorRequirement requirement, ImmutableSortedDictionary<string, string> labels) =>
        Enum.TryParse<LabelOperator>(requirement.Operator, out var op)
        && LabelRequirement.Parse(requirement.Key, op, requirement.Values, out _)?.Matches(labels) == true;
}
