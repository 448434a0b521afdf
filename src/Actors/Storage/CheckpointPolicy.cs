namespace Stagedoor.Actors.Storage;

/// <summary>
/// When to write the whole state beside the events: after so many events that reading them back stays quick, or when
/// they have become larger than the state itself.
/// </summary>
internal sealed class CheckpointPolicy(int mostEvents = 200, long fewestBytes = 1 << 20)
{
    private int _events;
    private long _bytes;
    private long _size;

    /// <summary>An event was written or read back; true if a checkpoint is due.</summary>
    public bool Wrote(long bytes)
    {
        _events++;
        _bytes += bytes;
        return _events >= mostEvents || _bytes >= Math.Max(fewestBytes, _size);
    }

    /// <summary>A checkpoint of this size is being written, or was read.</summary>
    public void Checkpointed(long size)
    {
        _events = 0;
        _bytes = 0;
        _size = size;
    }
}
