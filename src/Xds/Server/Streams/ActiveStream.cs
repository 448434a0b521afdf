using Stagedoor.Xds.Server.Limits;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>
/// An open stream, as the limits and the shutdown see it: they read times and set its end, nothing else.
/// </summary>
internal sealed class ActiveStream : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private StreamEnd? _end;
    private long _blockedSince;
    private long _unansweredSince;
    private readonly Action _abort;

    public ActiveStream(long id, string variant, string peer, DateTimeOffset opened, Action abort)
    {
        (Id, Variant, Peer, Opened, _abort) = (id, variant, peer, opened, abort);
        Wake = new WakeSignal();
        Questions = new StreamQuestions(Wake);
    }

    public long Id { get; }

    public string Variant { get; }

    public string Peer { get; }

    public DateTimeOffset Opened { get; }

    /// <summary>Wakes the stream's loop.</summary>
    public WakeSignal Wake { get; }

    /// <summary>Asks the stream's session.</summary>
    public StreamQuestions Questions { get; }

    /// <summary>Who the client is; null before its first request.</summary>
    public NodeIdentity? Node { get; set; }

    /// <summary>Whose streams it counts among; null before its first request.</summary>
    public StreamOwner? Owner { get; set; }

    /// <summary>Set when the stream is to end.</summary>
    public StreamEnd? End => Volatile.Read(ref _end);

    /// <summary>Cancelled when the stream is to end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Since when the loop waits for the client to read; null: it does not.</summary>
    public DateTimeOffset? BlockedSince
    {
        get => Time(ref _blockedSince);
        set => Volatile.Write(ref _blockedSince, value?.UtcTicks ?? 0);
    }

    /// <summary>Since when a response has no answer; null: all have.</summary>
    public DateTimeOffset? UnansweredSince
    {
        get => Time(ref _unansweredSince);
        set => Volatile.Write(ref _unansweredSince, value?.UtcTicks ?? 0);
    }

    /// <summary>Ends the stream; the first reason counts.</summary>
    /// <param name="end">The reason.</param>
    /// <param name="now">Whether to break a write that does not end.</param>
    public void Stop(StreamEnd end, bool now = false)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is null)
        {
            try
            {
                _ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            Wake.Set();
        }

        if (now) _abort();
    }

    public void Dispose() => _ended.Dispose();

    private static DateTimeOffset? Time(ref long ticks) =>
        Volatile.Read(ref ticks) is var value and not 0 ? new DateTimeOffset(value, TimeSpan.Zero) : null;
}
