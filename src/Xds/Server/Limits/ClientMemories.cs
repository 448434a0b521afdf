using System.Collections.Concurrent;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Limits;

/// <summary>
/// What is remembered of clients whose streams have ended on this server, of the last so many of them.
/// </summary>
internal sealed class ClientMemories
{
    private const int Max = 10_000;

    private readonly ConcurrentDictionary<(string Proxy, string Node, XdsType? Only), ClientMemory> _memories = new();
    private readonly ConcurrentQueue<(string Proxy, string Node, XdsType? Only)> _order = new();

    /// <summary>What is known of a client.</summary>
    /// <param name="node">The client.</param>
    /// <param name="only">The one type of the stream, null: aggregated. A client may have a stream of each.</param>
    public ClientMemory Recall(NodeIdentity node, XdsType? only) =>
        _memories.GetValueOrDefault((node.SnapshotKey, node.Id, only), ClientMemory.Empty);

    /// <summary>The stream of a client has ended.</summary>
    public void Keep(NodeIdentity node, XdsType? only, ClientMemory memory)
    {
        var key = (node.SnapshotKey, node.Id, only);
        if (node.Id.Length == 0) return;
        if (memory.IsEmpty)
        {
            _memories.TryRemove(key, out _);
            return;
        }

        if (_memories.TryAdd(key, memory)) _order.Enqueue(key);
        else _memories[key] = memory;
        while (_order.Count > Max && _order.TryDequeue(out var oldest)) _memories.TryRemove(oldest, out _);
    }
}
