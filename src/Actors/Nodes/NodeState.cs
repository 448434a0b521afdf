using System.Collections.Immutable;
using Stagedoor.Xds;

namespace Stagedoor.Actors.Nodes;

/// <summary>What is known of one Envoy. Immutable; one step per report.</summary>
internal sealed record NodeState(string NodeId)
{
    /// <summary>Rejections kept.</summary>
    public const int MostRejections = 20;

    /// <summary>
    /// Streams of one node id at once: an Envoy has one, or one per type; two Envoys with one id are a mistake.
    /// </summary>
    public const int MostStreams = 16;

    /// <summary>Open streams with the time of their last report, newest first.</summary>
    public ImmutableArray<(NodeStream Stream, DateTimeOffset Heard)> Streams { get; init; } = [];

    /// <summary>Newest first.</summary>
    public ImmutableArray<NodeRejectionRecord> Rejections { get; init; } = [];

    public DateTimeOffset LastSeen { get; init; }

    public bool IsConnected => !Streams.IsEmpty;

    /// <summary>
    /// The state after a report, and the rejections that are new or over since. A report of an older state of a stream,
    /// out of order, cannot be told from a newer one; the next report sets it right.
    /// </summary>
    public (NodeState State, ImmutableArray<NodeNews> News) With(string server, NodeReport report, DateTimeOffset now)
    {
        var known = Streams.FirstOrDefault(stream => Same(stream.Stream, server, report.StreamId)).Stream;
        var others = Streams.Where(stream => !Same(stream.Stream, server, report.StreamId));
        var streams = report.IsConnected
            ? others.Prepend((new NodeStream(server, report), now))
            : others;
        var news = News(known?.Report, report);
        var state = this with
        {
            LastSeen = now,
            Streams =
            [
                .. streams.OrderByDescending(stream => stream.Item1.Report.Connected)
                    .ThenByDescending(stream => stream.Item1.Report.StreamId).Take(MostStreams),
            ],
            Rejections =
            [
                .. news.Where(item => item.Rejection is not null)
                    .Select(item => new NodeRejectionRecord(item.Proxy, item.Type, item.Rejection!))
                    .Concat(Rejections).Distinct(RejectionComparer.Instance).Take(MostRejections),
            ],
        };
        return (state, news);
    }

    /// <summary>
    /// Without the streams that were not heard of since <paramref name="oldest"/>: their server is gone.
    /// </summary>
    public NodeState Without(DateTimeOffset oldest) =>
        Streams.All(stream => stream.Heard >= oldest)
            ? this
            : this with { Streams = Streams.RemoveAll(stream => stream.Heard < oldest) };

    public NodeInfo ToInfo() => new(NodeId)
    {
        Streams = [.. Streams.Select(stream => stream.Stream)],
        Rejections = Rejections,
        LastSeen = LastSeen,
    };

    private static ImmutableArray<NodeNews> News(NodeReport? before, NodeReport now)
    {
        var news = ImmutableArray.CreateBuilder<NodeNews>();
        foreach (var (type, status) in now.Types)
        {
            var old = before?.Types.GetValueOrDefault(type)?.Rejection;
            if (status.Rejection is { } rejection)
            {
                if (!RejectionComparer.Equal(old, rejection)) news.Add(new NodeNews(now.Proxy, type, rejection));
            }
            else if (old is not null)
            {
                news.Add(new NodeNews(now.Proxy, type, null));
            }
        }

        return news.DrainToImmutable();
    }

    private static bool Same(NodeStream stream, string server, long id) =>
        stream is not null && stream.Server == server && stream.Report.StreamId == id;
}

/// <summary>A new rejection, or (null) the end of one.</summary>
internal sealed record NodeNews(string Proxy, XdsType Type, NodeRejection? Rejection);

/// <summary>Equality of content: the records' own compares arrays by identity.</summary>
internal sealed class RejectionComparer : IEqualityComparer<NodeRejectionRecord>
{
    public static readonly RejectionComparer Instance = new();

    public static bool Equal(NodeRejection? left, NodeRejection? right) =>
        left is null || right is null
            ? ReferenceEquals(left, right)
            : left.Generation == right.Generation
              && left.Message == right.Message
              && left.Resources.AsSpan().SequenceEqual(right.Resources.AsSpan());

    public bool Equals(NodeRejectionRecord? x, NodeRejectionRecord? y) =>
        x?.Type == y?.Type && x?.Proxy == y?.Proxy && Equal(x?.Rejection, y?.Rejection);

    public int GetHashCode(NodeRejectionRecord obj) => HashCode.Combine(obj.Type, obj.Proxy, obj.Rejection.Generation);
}
