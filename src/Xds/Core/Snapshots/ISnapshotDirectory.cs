namespace Stagedoor.Xds;

/// <summary>Where sessions find the snapshots of this node. Implemented by the actors' side.</summary>
public interface ISnapshotDirectory
{
    /// <summary>
    /// The cell of a proxy, followed as long as at least one lease on it is held (plus a linger). Never fails: for a
    /// proxy that does not exist the cell stays empty.
    /// </summary>
    /// <param name="proxy">Snapshot key, <c>namespace~name</c>.</param>
    SnapshotLease Open(string proxy);
}

/// <summary>A session's hold on a proxy's snapshots; dispose it when the stream ends.</summary>
public sealed class SnapshotLease(SnapshotCell cell, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>The cell to read.</summary>
    public SnapshotCell Cell { get; } = cell;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
