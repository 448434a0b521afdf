using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Stagedoor.Translation.Gateway;

/// <summary>
/// Kubernetes' text form of label selectors: <c>a=b,c!=d,e in (x,y),f notin (z),g,!h,i&gt;1</c>.
/// </summary>
public sealed partial class LabelSelectorText
{
    private readonly ImmutableArray<LabelRequirement> _requirements;

    private LabelSelectorText(ImmutableArray<LabelRequirement> requirements) => _requirements = requirements;

    /// <summary>Reads a selector; null, and what is wrong, if it is none. The empty text selects everything.</summary>
    public static LabelSelectorText? Parse(string text, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        error = "";
        var requirements = ImmutableArray.CreateBuilder<LabelRequirement>();
        foreach (var part in Commas().Split(text).Select(part => part.Trim()).Where(part => part.Length > 0))
        {
            if (Requirement(part, ref error) is not { } requirement) return null;
            requirements.Add(requirement);
        }

        return new LabelSelectorText(requirements.ToImmutable());
    }

    /// <summary>Whether an object with these labels is selected.</summary>
    public bool Matches(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var map = labels.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return _requirements.All(requirement => requirement.Matches(map));
    }

    private static LabelRequirement? Requirement(string part, ref string error)
    {
        if (part[0] == '!') return LabelRequirement.Parse(part[1..].Trim(), LabelOperator.DoesNotExist, [], out error);
        var set = Sets().Match(part);
        if (set.Success)
        {
            var op = set.Groups["op"].Value == "in" ? LabelOperator.In : LabelOperator.NotIn;
            var values = set.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries);
            return LabelRequirement.Parse(set.Groups["key"].Value, op, values, out error);
        }

        var comparison = Comparisons().Match(part);
        if (!comparison.Success) return LabelRequirement.Parse(part, LabelOperator.Exists, [], out error);
        return LabelRequirement.Parse(
            comparison.Groups["key"].Value.Trim(),
            comparison.Groups["op"].Value switch
            {
                "!=" => LabelOperator.NotEquals,
                ">" => LabelOperator.GreaterThan,
                "<" => LabelOperator.LessThan,
                _ => LabelOperator.Equals,
            },
            [comparison.Groups["value"].Value.Trim()], out error);
    }

    [GeneratedRegex(@",(?![^(]*\))", RegexOptions.CultureInvariant)]
    private static partial Regex Commas();

    [GeneratedRegex(@"^(?<key>\S+)\s+(?<op>in|notin)\s*\((?<values>[^()]*)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Sets();

    [GeneratedRegex("^(?<key>[^=!<>]+)(?<op>==|!=|=|>|<)(?<value>[^=!<>]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comparisons();
}
