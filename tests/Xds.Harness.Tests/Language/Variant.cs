using System.Collections.Immutable;

namespace Stagedoor.Xds.Harness.Language;

/// <summary>How client and server talk.</summary>
internal sealed record Variant(string Name, bool IsDelta, bool IsAggregated)
{
    /// <summary>All, by the names that scenarios use.</summary>
    public static readonly ImmutableArray<Variant> All =
    [
        new("sotw-ads", IsDelta: false, IsAggregated: true), new("sotw", IsDelta: false, IsAggregated: false),
        new("delta-ads", IsDelta: true, IsAggregated: true), new("delta", IsDelta: true, IsAggregated: false),
    ];

    /// <summary>Requests without a stream: unary calls, and JSON over HTTP.</summary>
    public static readonly ImmutableArray<Variant> Polled =
    [
        new("fetch", IsDelta: false, IsAggregated: false), new("rest", IsDelta: false, IsAggregated: false),
    ];

    /// <summary>The variants of one word of an <c>on:</c> line.</summary>
    public static IEnumerable<Variant> Of(string word) => word switch
    {
        "all" => All,
        "polled" => Polled,
        "ads" => All.Where(variant => variant.IsAggregated),
        "any-sotw" => All.Where(variant => !variant.IsDelta),
        "any-delta" => All.Where(variant => variant.IsDelta),
        _ => [All.First(variant => variant.Name == word)],
    };
}
