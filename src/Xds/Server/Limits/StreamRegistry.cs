using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Stagedoor.Xds.Server.Streams;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Limits;

/// <summary>All open streams of this server, and how many there may be.</summary>
internal sealed class StreamRegistry(IOptions<XdsServerOptions> options, XdsMetrics metrics, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, ActiveStream> _streams = new();
    private readonly Dictionary<StreamOwner, SortedSet<long>> _byNode = [];
    private readonly Lock _gate = new();
    private long _lastId = time.GetUtcNow().ToUnixTimeMilliseconds() << 20;
    private volatile bool _stopping;

    public ICollection<ActiveStream> Streams => _streams.Values;

    /// <summary>Whether no stream is accepted any more.</summary>
    public bool IsStopping => _stopping;

    /// <summary>Takes a new stream in.</summary>
    /// <exception cref="RpcException">There are too many, or the server stops.</exception>
    public ActiveStream Open(string variant, string peer, Action abort)
    {
        if (_stopping) throw StreamEnd.Stopping.ToException();
        var limit = options.Value.MaxStreams;
        if (_streams.Count >= limit)
        {
            metrics.Closed(XdsCodes.TooManyStreams);
            throw new StreamEnd(
                XdsCodes.TooManyStreams, StatusCode.ResourceExhausted, $"{limit} streams are open; no more are allowed")
                .ToException();
        }

        var stream = new ActiveStream(Interlocked.Increment(ref _lastId), variant, peer, time.GetUtcNow(), abort);
        _streams[stream.Id] = stream;
        metrics.Streams.Add(1);
        return stream;
    }

    /// <summary>
    /// The client has said who it is: its oldest stream ends if it has too many. Another role or another certificate is
    /// another client, whatever its node id says: nobody ends the streams of others.
    /// </summary>
    public void Identify(ActiveStream stream, NodeIdentity node, string peer)
    {
        var owner = new StreamOwner(node.SnapshotKey, peer, node.Id);
        (stream.Node, stream.Owner) = (node, owner);
        long? oldest = null;
        lock (_gate)
        {
            if (!_byNode.TryGetValue(owner, out var streams)) _byNode[owner] = streams = [];
            streams.Add(stream.Id);
            if (streams.Count > options.Value.MaxStreamsPerNode)
            {
                oldest = streams.Min;
                streams.Remove(streams.Min);
            }
        }

        if (oldest is not { } id || !_streams.TryGetValue(id, out var victim)) return;
        victim.Stop(new StreamEnd(
            XdsCodes.TooManyStreams, StatusCode.ResourceExhausted,
            $"node {node.Id} opened more than {options.Value.MaxStreamsPerNode} streams; the oldest is closed"));
    }

    /// <summary>A stream has ended.</summary>
    public void Close(ActiveStream stream)
    {
        _streams.TryRemove(stream.Id, out _);
        metrics.Streams.Add(-1);
        if (stream.Owner is { } owner)
        {
            lock (_gate)
            {
                if (_byNode.TryGetValue(owner, out var streams))
                {
                    streams.Remove(stream.Id);
                    if (streams.Count == 0) _byNode.Remove(owner);
                }
            }
        }

        stream.Dispose();
    }

    /// <summary>Refuses new streams and ends the open ones, spread over the set time.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _stopping = true;
        var streams = _streams.Values.ToArray();
        Random.Shared.Shuffle(streams);
        var spread = options.Value.StopSpread;
        var steps = Math.Min(streams.Length, 20);
        for (var step = 0; step < steps; step++)
        {
            for (var i = step; i < streams.Length; i += steps) streams[i].Stop(StreamEnd.Stopping);
            if (step + 1 < steps && spread > TimeSpan.Zero)
                await Task.Delay(spread / steps, time, cancellation).ConfigureAwait(false);
        }

        // Who reads nothing would hold up the end of the host.
        foreach (var stream in _streams.Values) stream.Stop(StreamEnd.Stopping, now: stream.BlockedSince is not null);
    }
}

/// <summary>Whose streams are counted together.</summary>
internal sealed record StreamOwner(string Role, string Peer, string NodeId);
