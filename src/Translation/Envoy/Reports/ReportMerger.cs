using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>Joins the reports of both stages to one report per input resource, ordered by key.</summary>
internal static class ReportMerger
{
    /// <summary>
    /// Merges; each list is ordered by key. Reports of resources without findings are taken as they are.
    /// </summary>
    public static ImmutableArray<ResourceReport> Merge(
        ImmutableArray<ResourceReport> gateway, ImmutableArray<ResourceReport> upstreams,
        ImmutableArray<Finding> findings, ResourceKey proxy)
    {
        var extra = FromFindings(findings, proxy);
        return Two(Two(gateway, upstreams), extra);
    }

    private static ImmutableArray<ResourceReport> FromFindings(ImmutableArray<Finding> findings, ResourceKey proxy)
    {
        var reports = new SortedDictionary<ResourceKey, ImmutableArray<Diagnostic>.Builder>
        {
            [proxy] = ImmutableArray.CreateBuilder<Diagnostic>(),
        };
        foreach (var finding in findings)
        {
            Add(proxy, finding, "");
            for (var i = 0; i < finding.Sources.Length; i++)
            {
                // What is wrong in a RouteTable is also said of the VirtualService that it is part of (1.7.4).
                var inner = finding.Sources[0];
                if (finding.Sources[i] != proxy)
                    Add(
                        finding.Sources[i], finding, i == 0 ? ""
                            : $"on sub route table {inner.Namespace}.{inner.Name}: ");
            }
        }

        return [.. reports.Select(pair => new ResourceReport(pair.Key, pair.Value.ToImmutable()))];

        void Add(ResourceKey key, Finding finding, string prefix)
        {
            if (!reports.TryGetValue(key, out var diagnostics))
                reports[key] = diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
            diagnostics.Add(
                new Diagnostic(finding.Problem.Code, finding.Problem.Severity, prefix + finding.Problem.Message)
                {
                    Resource = key,
                    Field = key == proxy ? finding.Field : null,
                });
        }
    }

    // Stretches that belong together are copied as such: most of ten thousand reports stay as they are.
    private static ImmutableArray<ResourceReport> Two(
        ImmutableArray<ResourceReport> left, ImmutableArray<ResourceReport> right)
    {
        if (left.IsEmpty) return right;
        if (right.IsEmpty) return left;
        var merged = ImmutableArray.CreateBuilder<ResourceReport>(left.Length + right.Length);
        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            var order = left[i].Resource.CompareTo(right[j].Resource);
            if (order == 0)
                merged.Add(left[i] with { Diagnostics = left[i++].Diagnostics.AddRange(right[j++].Diagnostics) });
            else if (order < 0) i = CopyBefore(right[j].Resource, left, i, merged);
            else j = CopyBefore(left[i].Resource, right, j, merged);
        }

        merged.AddRange(left.AsSpan()[i..]);
        merged.AddRange(right.AsSpan()[j..]);
        return merged.DrainToImmutable();
    }

    private static int CopyBefore(
        ResourceKey limit, ImmutableArray<ResourceReport> from, int start,
        ImmutableArray<ResourceReport>.Builder into)
    {
        // The first is known to be before the limit. Steps double until one is not; the rest is halved.
        var (low, step) = (start, 1);
        while (low + step < from.Length && from[low + step].Resource < limit)
        {
            low += step;
            step *= 2;
        }

        var high = Math.Min(low + step, from.Length);
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            if (from[middle].Resource < limit) low = middle;
            else high = middle;
        }

        into.AddRange(from.AsSpan()[start..high]);
        return high;
    }
}
