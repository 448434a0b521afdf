using System.Collections.Immutable;
using Google.Protobuf.Collections;

namespace Stagedoor.Translation.Gateway;

/// <summary>Labels that must be equal and expressions that must hold. Without any it matches everything.</summary>
internal sealed class LabelSelector
{
    private readonly ImmutableArray<KeyValuePair<string, string>> _labels;
    private readonly ImmutableArray<LabelRequirement> _requirements;

    public LabelSelector(MapField<string, string> labels, ImmutableArray<LabelRequirement> requirements)
    {
        _labels = [.. labels];
        _requirements = requirements;
    }

    /// <summary>The labels that must be equal.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Labels => _labels;

    /// <summary>A selector of namespaces; an expression that is wrong matches nothing.</summary>
    public static LabelSelector OfNamespaces(Solo.Gloo.LabelSelector selector)
    {
        var requirements = ImmutableArray.CreateBuilder<LabelRequirement>();
        foreach (var expression in selector.MatchExpressions)
        {
            var parsed = Enum.TryParse<LabelOperator>(expression.Operator, out var op)
                ? LabelRequirement.Parse(expression.Key, op, expression.Values, out _)
                : null;
            requirements.Add(parsed ?? Never);
        }

        return new LabelSelector(selector.MatchLabels, requirements.ToImmutable());
    }

    private static LabelRequirement Never { get; } = new("", LabelOperator.In, []);

    /// <summary>Whether an object with these labels is selected.</summary>
    public bool Matches(ImmutableSortedDictionary<string, string> labels)
    {
        foreach (var (key, value) in _labels)
        {
            if (!labels.TryGetValue(key, out var actual) || actual != value) return false;
        }

        foreach (var requirement in _requirements)
        {
            if (!requirement.Matches(labels)) return false;
        }

        return true;
    }
}
