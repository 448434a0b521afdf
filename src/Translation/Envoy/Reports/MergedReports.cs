using System.Collections.Immutable;
using Stagedoor.Api;

namespace Stagedoor.Translation.Envoy;

/// <summary>The reports of one translation, with what they were merged from.</summary>
internal sealed record MergedReports(
    ImmutableArray<ResourceReport> Gateway, ImmutableArray<ResourceReport> Upstreams, ImmutableArray<Finding> Findings,
    ImmutableArray<ResourceReport> Result)
{
    /// <summary>The merged reports; the last ones if they were made of the same.</summary>
    public static MergedReports Next(
        MergedReports? last, ImmutableArray<ResourceReport> gateway, EnvoyTranslation envoy, ResourceKey proxy)
    {
        if (last is not null && last.Gateway == gateway && last.Upstreams == envoy.Upstreams.Reports
            && last.Findings.AsSpan().SequenceEqual(envoy.Findings.AsSpan()))
            return last;
        return new MergedReports(
            gateway, envoy.Upstreams.Reports, envoy.Findings,
            ReportMerger.Merge(gateway, envoy.Upstreams.Reports, envoy.Findings, proxy));
    }
}
