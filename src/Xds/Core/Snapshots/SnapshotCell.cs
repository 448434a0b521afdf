namespace Stagedoor.Xds;

/// <summary>
/// The last complete snapshot of one proxy on this node: one writer (the replica), many readers (the sessions). Readers
/// take no lock. A snapshot that is not newer than the present one is refused (rule I1).
/// </summary>
public sealed class SnapshotCell
{
    private readonly Lock _gate = new();
    private Snapshot? _current;
    private readonly HashSet<Subscription> _subscriptions = [];
    private TaskCompletionSource _changed = NewSignal();
    private Subscription[]? _woken;

    /// <summary>The newest snapshot; null before the first: then sessions stay silent (rule I2).</summary>
    public Snapshot? Current => Volatile.Read(ref _current);

    /// <summary>Makes <paramref name="next"/> current and wakes the readers; false if it is not newer.</summary>
    public bool Publish(Snapshot next)
    {
        ArgumentNullException.ThrowIfNull(next);
        TaskCompletionSource signal;
        Subscription[] woken;
        lock (_gate)
        {
            if (_current is not null)
            {
                if (next.Generation <= _current.Generation) return false;
                SnapshotDiff.Link(_current, next);
            }

            Volatile.Write(ref _current, next);
            signal = _changed;
            _changed = NewSignal();
            woken = _woken ??= [.. _subscriptions];
        }

        signal.SetResult();
        foreach (var subscription in woken) subscription.Wake();
        return true;
    }

    /// <summary>
    /// A task that ends when <see cref="Current"/> is another one than <paramref name="seen"/>; at once if it already
    /// is.
    /// </summary>
    public Task WhenChanged(Snapshot? seen)
    {
        lock (_gate) return ReferenceEquals(_current, seen) ? _changed.Task : Task.CompletedTask;
    }

    /// <summary>
    /// Calls <paramref name="wake"/> after every change until the subscription is disposed, on the thread that
    /// publishes: it must only signal somebody else, and never fail.
    /// </summary>
    public IDisposable Subscribe(Action wake)
    {
        var subscription = new Subscription(this, wake);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            _woken = null;
        }

        return subscription;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Subscription(SnapshotCell cell, Action wake) : IDisposable
    {
        public void Wake() => wake();

        public void Dispose()
        {
            lock (cell._gate)
            {
                if (cell._subscriptions.Remove(this)) cell._woken = null;
            }
        }
    }
}
