namespace Stagedoor.Xds.Harness.Language;

/// <summary>
/// A resource as scenarios write it: <c>name</c>, <c>name=content</c>, <c>name&gt;CDS:other+EDS:name</c> with what it
/// refers to, <c>name~</c> for a cluster that warms slowly, <c>-name</c> for a removal.
/// </summary>
internal sealed record Item(string Name, string Content, ResourceRefs Refs, bool IsRemoval)
{
    /// <summary>Short names of the types.</summary>
    public static XdsType Type(string word) => word switch
    {
        "LDS" => XdsType.Listener,
        "RDS" => XdsType.RouteConfiguration,
        "CDS" => XdsType.Cluster,
        "EDS" => XdsType.ClusterLoadAssignment,
        "SDS" => XdsType.Secret,
        _ => throw new FormatException($"'{word}' is no type"),
    };

    /// <summary>Reads a word like <c>A,B=1</c>: several names, then what holds for all of them.</summary>
    public static IEnumerable<Item> Read(string word)
    {
        var removal = word.StartsWith('-') && word.Length > 1;
        if (removal) word = word[1..];
        var (head, refs) = Cut(word, '>');
        var (names, content) = Cut(head, '=');
        foreach (var name in names.Split(','))
        {
            var slow = name.EndsWith('~');
            yield return new Item(slow ? name[..^1] : name, content, Refer(refs, slow), removal);
        }
    }

    private static ResourceRefs Refer(string text, bool slow)
    {
        var refs = text.Split('+', StringSplitOptions.RemoveEmptyEntries)
            .Select(reference => Cut(reference, ':'))
            .ToLookup(pair => Type(pair.Before), pair => pair.After);
        return new ResourceRefs
        {
            Clusters = [.. refs[XdsType.Cluster]],
            Assignments = [.. refs[XdsType.ClusterLoadAssignment]],
            RouteConfigurations = [.. refs[XdsType.RouteConfiguration]],
            Secrets = [.. refs[XdsType.Secret]],
            WarmsSlowly = slow,
        };
    }

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at) is var i and >= 0 ? (text[..i], text[(i + 1)..]) : (text, "");
}
