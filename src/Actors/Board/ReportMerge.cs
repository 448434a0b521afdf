using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Actors.Board;

/// <summary>Merges what several owners say about one resource: everything distinct, worst first.</summary>
internal static class ReportMerge
{
    public static ImmutableArray<ResourceReport> Merge(IEnumerable<ResourceReport> reports) =>
    [
        .. reports.GroupBy(report => report.Resource).OrderBy(same => same.Key).Select(same =>
            new ResourceReport(same.Key,
            [
                // Stable: what one owner says keeps its order.
                .. same.SelectMany(report => report.Diagnostics).Distinct()
                    .OrderByDescending(diagnostic => diagnostic.Severity),
            ])),
    ];
}
