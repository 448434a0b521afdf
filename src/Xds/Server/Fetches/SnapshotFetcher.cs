using Envoy.Service.Discovery.V3;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Stagedoor.Xds.Fetches;
using Stagedoor.Xds.Server.Streams;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Fetches;

/// <summary>Answers requests that are asked once: unary <c>Fetch</c> calls and REST polls.</summary>
internal sealed class SnapshotFetcher(StreamServices services)
{
    /// <summary>The answer, or why there is none.</summary>
    public async Task<(FetchAnswer? Answer, StreamEnd? Refusal)> FetchAsync(
        XdsType type, DiscoveryRequest request, HttpContext http)
    {
        var node = NodeReader.Read(request.Node);
        if (TypeUrls.Read(request.TypeUrl, type, out _) is { } wrongType) return (null, StreamEnd.Of(wrongType));
        if (FetchAnswer.Check(request.ResourceNames, services.Options.Session) is { } tooMany)
            return (null, StreamEnd.Of(tooMany));
        if (services.Registry.IsStopping) return (null, StreamEnd.Stopping);
        if (services.Access.Check(http, node) is { } denied) return (null, denied);
        if (request.ErrorDetail is { } error)
        {
            services.Log.Rejected(
                node.Id, type, node.SnapshotKey, string.Join(", ", request.ResourceNames.Take(20)),
                NackText.Redact(error.Message));
            services.Metrics.Answer(type, accepted: false);
        }

        using var lease = services.Snapshots.Open(node.SnapshotKey);
        if (await SnapshotAsync(lease.Cell, http.RequestAborted).ConfigureAwait(false) is not { } snapshot)
        {
            return (null, new StreamEnd(
                XdsCodes.NoSnapshot, StatusCode.Unavailable, $"there is no snapshot for {node.SnapshotKey}"));
        }

        var answer = FetchAnswer.Of(snapshot, type, request.ResourceNames, request.VersionInfo);
        if (answer.ClientGeneration is { } ahead)
            services.Log.ClientAhead(node.Id, node.SnapshotKey, ahead, snapshot.Generation);
        return (answer, null);
    }

    // The first poll on this server makes the replica fetch the snapshot: a moment later it is there.
    private async Task<Snapshot?> SnapshotAsync(SnapshotCell cell, CancellationToken cancellation)
    {
        if (cell.Current is null)
        {
            await cell.WhenChanged(null).WaitAsync(services.Options.FetchPatience, services.Time, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return cell.Current;
    }
}
