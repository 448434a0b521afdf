namespace Stagedoor.Xds.Server.Streams;

/// <summary>
/// An open stream, as the limits and the shutdown see it: they read times and set its end, nothing else.
/// </summary>
internal sealed class ActiveStream(long id, string variant, string peer, DateTimeOffset opened, Action abort)
    : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private StreamEnd? _end;
    private long _blockedSince;
    private long _unansweredSince;

    public long Id => id;

    public string Variant => variant;

    public string Peer => peer;

    public DateTimeOffset Opened => opened;

    /// <summary>Wakes the stream's loop.</summary>
    public WakeSignal Wake { get; } = new();

    /// <summary>Who the client is; null before its first request.</summary>
    public NodeIdentity? Node { get; set; }

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

        if (now) abort();
    }

    public void Dispose() => _ended.Dispose();

    private static DateTimeOffset? Time(ref long ticks) =>
        Volatile.Read(ref ticks) is var value and not 0 ? new DateTimeOffset(value, TimeSpan.Zero) : null;
}
