namespace Stagedoor.Xds;

/// <summary>
/// The last complete snapshot of one proxy on this node: one writer (the replica), many readers (the sessions). Readers
/// take no lock. A snapshot that is not newer than the present one is refused (rule I1).
/// </summary>
public sealed class SnapshotCell
{
    private readonly Lock _gate = new();
    private Snapshot? _current;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>The newest snapshot; null before the first: then sessions stay silent (rule I2).</summary>
    public Snapshot? Current => Volatile.Read(ref _current);

    /// <summary>Makes <paramref name="next"/> current and wakes the readers; false if it is not newer.</summary>
    public bool Publish(Snapshot next)
    {
        ArgumentNullException.ThrowIfNull(next);
        TaskCompletionSource signal;
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
        }

        signal.SetResult();
        return true;
    }

    /// <summary>
    /// A task that ends when <see cref="Current"/> is another one than <paramref name="seen"/>; at once if it already is.
    /// </summary>
    public Task WhenChanged(Snapshot? seen)
    {
        lock (_gate) return ReferenceEquals(_current, seen) ? _changed.Task : Task.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
