using Google.Protobuf;
using Stagedoor.Xds;

namespace Stagedoor.Translation.Gateway.Tests.Incremental;

/// <summary>Translations as text that is equal exactly when they are: bytes, references, reports, provenance.</summary>
internal static class Outcome
{
    public static string Of(ProxyTranslation translation) => string.Join('\n',
    [
        translation.Proxy.ToString(),
        translation.GlooProxy is { } proxy ? Convert.ToBase64String(proxy.ToByteArray()) : "no proxy",
        .. translation.Resources.Select(Of),
        .. translation.Reports.Select(report => $"{report.Resource}: {string.Join("; ", report.Diagnostics)}"),
        $"uses {string.Join(", ", translation.Upstreams)}",
        .. translation.Provenance
            .Select(pair => $"{pair.Key} of {string.Join(", ", pair.Value.Order())}").Order(StringComparer.Ordinal),
    ]);

    public static string Of(UpstreamTranslation translation) => string.Join('\n',
    [
        translation.Upstream.ToString(),
        translation.Cluster is { } cluster ? Of(cluster) : "no cluster",
        translation.Assignment is { } assignment ? Of(assignment) : "no assignment",
        .. translation.Diagnostics.Select(diagnostic => diagnostic.ToString()),
    ]);

    private static string Of(EncodedResource resource) => string.Create(null,
        $"{resource.Type} {resource.Name} {resource.Hash} {resource.Bytes.Length} "
        + $"{string.Join(',', resource.Refs.Clusters)} {string.Join(',', resource.Refs.RouteConfigurations)} "
        + $"{string.Join(',', resource.Refs.Assignments)} {string.Join(',', resource.Refs.Secrets)} "
        + $"{resource.Refs.WarmsSlowly}");
}
