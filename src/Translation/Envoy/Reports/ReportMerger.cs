using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>Joins the reports of both stages to one report per input resource, ordered by key.</summary>
internal static class ReportMerger
{
    /// <summary>Merges; reports of resources without findings are taken as they are.</summary>
    public static ImmutableArray<ResourceReport> Merge(
        ImmutableArray<ResourceReport> gateway, ImmutableArray<ResourceReport> upstreams,
        ImmutableArray<Finding> findings, ResourceKey proxy)
    {
        var extra = FromFindings(findings, proxy);
        var merged = ImmutableArray.CreateBuilder<ResourceReport>(gateway.Length + upstreams.Length + extra.Length);
        foreach (var report in Two(Two(Sorted(gateway), upstreams), extra)) merged.Add(report);
        return merged.ToImmutable();
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

    private static ImmutableArray<ResourceReport> Sorted(ImmutableArray<ResourceReport> reports)
    {
        for (var i = 1; i < reports.Length; i++)
            if (reports[i - 1].Resource.CompareTo(reports[i].Resource) > 0)
                return reports.Sort((left, right) => left.Resource.CompareTo(right.Resource));
        return reports;
    }

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
            if (order < 0) merged.Add(left[i++]);
            else if (order > 0) merged.Add(right[j++]);
            else merged.Add(left[i] with { Diagnostics = left[i++].Diagnostics.AddRange(right[j++].Diagnostics) });
        }

        while (i < left.Length) merged.Add(left[i++]);
        while (j < right.Length) merged.Add(right[j++]);
        return merged.ToImmutable();
    }
}
