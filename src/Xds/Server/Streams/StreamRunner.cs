using Envoy.Config.Core.V3;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>Runs one stream from its first request to its end.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
internal sealed class StreamRunner<TRequest>(StreamServices services, StreamVariant<TRequest> variant)
    where TRequest : class
{
    public async Task RunAsync(IAsyncStreamReader<TRequest> requests, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var stream = services.Registry.Open(variant.Name, context.Peer, http.Abort);
        using var cancellation =
            CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stream.Ended);
        try
        {
            if (await NextAsync(requests, cancellation.Token).ConfigureAwait(false) is { } first)
            {
                var writer = new ResponseWriter(http.Response.BodyWriter)
                {
                    Waiting = isWaiting => stream.BlockedSince = isWaiting ? services.Time.GetUtcNow() : null,
                };
                await TalkAsync(stream, first, requests, writer, http, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsEndOfClient(exception, context))
        {
            // The client is gone, or the stream was ended: see below.
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            services.Log.Failed(exception, stream.Id, stream.Node?.Id ?? "");
            throw new RpcException(new Status(StatusCode.Internal, "internal error"));
        }
        finally
        {
            services.Registry.Close(stream);
        }

        if (stream.End is not { } end) return;
        if (end is { IsFault: true, IsCounted: false })
        {
            services.Log.Closing(end.Code, stream.Id, stream.Node?.Id ?? "", end.Reason);
            services.Metrics.Closed(end.Code);
        }

        throw end.ToException();
    }

    private async Task TalkAsync(
        ActiveStream stream, TRequest first, IAsyncStreamReader<TRequest> requests, ResponseWriter writer,
        HttpContext http, CancellationTokenSource cancellation)
    {
        var node = NodeReader.Read(variant.Node(first));
        if (services.Access.Check(http, node) is { } refusal)
        {
            stream.Stop(refusal);
            return;
        }

        services.Registry.Identify(stream, node, services.Access.PeerOf(http).Name);
        services.Log.Connected(variant.Name, stream.Id, node.Id, node.UserAgent, node.SnapshotKey, stream.Peer);
        if (node.Role is null) services.Log.NoRole(node.Id, stream.Peer);
        using var lease = services.Snapshots.Open(node.SnapshotKey);
        var conversation = variant.Begin(services, node);
        var reporting = new NodeReporting(
            stream, node, conversation.Session, services.Reporter, services.Options.ReportInterval, services.Log);
        using var loop = new StreamLoop<TRequest>(
            stream, conversation.Session, lease.Cell, reporting, services, (request, now) =>
            {
                if (variant.Node(request) is { } again && ChangedNode(node, again) is { } close) return close;
                var answer = conversation.Receive(request, now);
                if (variant.IsNack(request)) reporting.Touch(now, urgent: true);
                return answer;
            });
        var reading = loop.ReadAsync(first, token => NextAsync(requests, token), cancellation.Token);
        try
        {
            await loop.WriteAsync(writer).ConfigureAwait(false);
        }
        finally
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            services.Memories.Keep(node, variant.Only, conversation.Session.Remember());
            reporting.Close();
            services.Log.Disconnected(stream.Id, node.Id);
        }

        // A request that cannot be read, for example one that is too large, ends the stream with its reason.
        if (reading.Exception?.InnerException is RpcException exception) throw exception;
    }

    private static async Task<TRequest?> NextAsync(
        IAsyncStreamReader<TRequest> requests, CancellationToken cancellation)
    {
        try
        {
            return await requests.MoveNext(cancellation).ConfigureAwait(false) ? requests.Current : null;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument,
                $"{XdsCodes.BadRequest}: the request is no message of its type: {e.Message}"));
        }
    }

    // Rule R2: a node that is repeated is the same.
    private static SessionClose? ChangedNode(NodeIdentity node, Node again)
    {
        var now = NodeReader.Read(again);
        return node.IsSameClientAs(now)
            ? null
            : new SessionClose(
                CloseReason.InvalidArgument, XdsCodes.NodeChanged,
                $"the stream was opened by node {node.Id} and now names node {now.Id}, "
                + "another cluster or another role");
    }

    private static bool IsEndOfClient(Exception exception, ServerCallContext context) =>
        exception is OperationCanceledException or IOException
        || (exception is InvalidOperationException && context.CancellationToken.IsCancellationRequested);
}
