using System.Threading.Channels;
using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Server.Streams;

/// <summary>
/// The two loops of a stream: one reads requests into a short inbox, one owns the session, and writes what it says.
/// Nobody else touches the session, so there is no lock.
/// </summary>
/// <typeparam name="TRequest">The request message.</typeparam>
internal sealed class StreamLoop<TRequest> : IDisposable
    where TRequest : class
{
    private const int InboxSize = 16;

    private readonly Channel<TRequest> _inbox = Channel.CreateBounded<TRequest>(
        new BoundedChannelOptions(InboxSize) { SingleReader = true, SingleWriter = true });

    private readonly ActiveStream _stream;
    private readonly XdsSession _session;
    private readonly SnapshotCell _cell;
    private readonly Func<TRequest, DateTimeOffset, SessionClose?> _receive;
    private readonly NodeReporting _reporting;
    private readonly StreamServices _services;
    private readonly ITimer _timer;
    private readonly IDisposable _subscription;
    private bool _flooded;
    private bool _isTimed;

    public StreamLoop(
        ActiveStream stream, XdsSession session, SnapshotCell cell, NodeReporting reporting, StreamServices services,
        Func<TRequest, DateTimeOffset, SessionClose?> receive)
    {
        (_stream, _session, _cell, _reporting, _services, _receive) =
            (stream, session, cell, reporting, services, receive);
        _timer = services.Time.CreateTimer(
            static signal => ((WakeSignal)signal!).Set(), stream.Wake,
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscription = cell.Subscribe(stream.Wake.Set);
    }

    /// <summary>Puts requests into the inbox until the client has no more.</summary>
    public async Task ReadAsync(
        TRequest first, Func<CancellationToken, Task<TRequest?>> next, CancellationToken cancellation)
    {
        var pace = new RequestPace(
            _services.Options.RequestsPerSecond, _services.Options.RequestBurst, _services.Time.GetUtcNow());
        try
        {
            for (var request = first; request is not null; request = await next(cancellation).ConfigureAwait(false))
            {
                await _inbox.Writer.WriteAsync(request, cancellation).ConfigureAwait(false);
                _stream.Wake.Set();
                var delay = pace.Take(_services.Time.GetUtcNow());
                if (delay <= TimeSpan.Zero) continue;
                if (!_flooded)
                {
                    _services.Log.Flood(XdsCodes.RequestFlood, _stream.Node!.Id, _services.Options.RequestsPerSecond);
                    _flooded = true;
                }

                await Task.Delay(delay, _services.Time, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _inbox.Writer.TryComplete();
            _stream.Wake.Set();
        }
    }

    /// <summary>Writes until the stream ends.</summary>
    public async Task WriteAsync(ResponseWriter writer)
    {
        while (_stream.End is null)
        {
            var now = _services.Time.GetUtcNow();
            var isOver = Receive(now);
            if (_stream.End is not null) return;
            if (!ReferenceEquals(_session.Snapshot, _cell.Current)) Observe(now);
            _stream.Questions.Answer(_session);
            if (_session.Next(now) is { } response)
            {
                if (await writer.WriteAsync(response).ConfigureAwait(false) is not { } size) return;
                _session.Written(_services.Time.GetUtcNow());
                _services.Metrics.Response(response.Type, size);
                _reporting.Touch(now);
                continue;
            }

            if (isOver) return;
            _reporting.Report(now);
            _stream.UnansweredSince = _session.UnansweredSince;
            Schedule(now);
            await _stream.Wake.WaitAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _timer.Dispose();
    }

    private void Observe(DateTimeOffset now)
    {
        var wasAhead = _session.IsClientAhead;
        _session.Observe(_cell.Current);
        _reporting.Touch(now);
        LogIfAhead(wasAhead);
    }

    private bool Receive(DateTimeOffset now)
    {
        while (_inbox.Reader.TryRead(out var request))
        {
            var wasAhead = _session.IsClientAhead;
            if (_receive(request, now) is { } close)
            {
                _stream.Stop(StreamEnd.Of(close));
                return true;
            }

            _reporting.Touch(now);
            LogIfAhead(wasAhead);
        }

        return _inbox.Reader.Completion.IsCompleted;
    }

    private void LogIfAhead(bool wasAhead)
    {
        if (wasAhead || !_session.IsClientAhead) return;
        _services.Log.ClientAhead(
            _stream.Node!.Id, _stream.Node.SnapshotKey, _session.ClientGeneration, _session.Snapshot!.Generation);
    }

    private void Schedule(DateTimeOffset now)
    {
        var at = _session.WakeAt;
        if (_reporting.WakeAt is { } reportAt && !(at <= reportAt)) at = reportAt;
        if (at is null && !_isTimed) return;
        _isTimed = at is not null;
        // A timer counts whole milliseconds on another clock and may fire early: one more, set anew each time, since
        // one that fired early is not pending any more although its time has yet to come.
        var due = at is null
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Max(0, (at.Value - now).TotalMilliseconds) + 1);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
