using System.Collections.Immutable;

namespace Stagedoor.Xds.Harness.Language;

/// <summary>One line of a scenario: a verb and its words.</summary>
internal sealed record Step(string Place, string Verb, ImmutableArray<string> Words)
{
    public override string ToString() => $"{Place}: {Verb} {string.Join(' ', Words)}";
}

/// <summary>One run: the steps of a scenario with one row of its examples put in, against one variant.</summary>
internal sealed record Scenario(
    string Title, string Row, Variant Variant, ImmutableDictionary<string, string> Options, ImmutableArray<Step> Steps)
{
    /// <summary>Unique among all runs.</summary>
    public string Id => Row.Length == 0 ? $"{Title} / {Variant.Name}" : $"{Title} [{Row}] / {Variant.Name}";
}
