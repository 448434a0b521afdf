using System.Collections.Immutable;
using Expression = Solo.Gateway.VirtualServiceSelectorExpressions.Types.Expression;
using SelectorExpression = Solo.Gloo.Core.Selectors.Selector.Types.Expression;
using TableExpression = Solo.Gateway.RouteTableSelector.Types.Expression;

namespace Stagedoor.Translation.Gateway;

/// <summary>Lists of label expressions, which the contract has in three equal forms.</summary>
internal static class LabelExpressions
{
    /// <summary>Of a Gateway's selection of VirtualServices; null and the first error if one is wrong.</summary>
    public static ImmutableArray<LabelRequirement>? Parse(IEnumerable<Expression> expressions, out string error) =>
        Parse(expressions.Select(
            e => LabelRequirement.Parse(e.Key, (LabelOperator)e.Operator, e.Values, out var bad) is { } r
            ? (r, "") : (null, bad)), out error);

    /// <summary>Of a route's selection of RouteTables.</summary>
    public static ImmutableArray<LabelRequirement>? Parse(IEnumerable<TableExpression> expressions, out string error) =>
        Parse(expressions.Select(
            e => LabelRequirement.Parse(e.Key, (LabelOperator)e.Operator, e.Values, out var bad) is { } r
            ? (r, "") : (null, bad)), out error);

    /// <summary>Of a hybrid Gateway's selection of matchable gateways.</summary>
    public static ImmutableArray<LabelRequirement>? Parse(
        IEnumerable<SelectorExpression> expressions, out string error) =>
        Parse(expressions.Select(
            e => LabelRequirement.Parse(e.Key, (LabelOperator)e.Operator, e.Values, out var bad) is { } r
            ? (r, "") : (null, bad)), out error);

    private static ImmutableArray<LabelRequirement>? Parse(
        IEnumerable<(LabelRequirement? Requirement, string Error)> parsed, out string error)
    {
        var result = ImmutableArray.CreateBuilder<LabelRequirement>();
        foreach (var (requirement, bad) in parsed)
        {
            if (requirement is null)
            {
                error = bad;
                return null;
            }

            result.Add(requirement);
        }

        error = "";
        return result.ToImmutable();
    }
}
