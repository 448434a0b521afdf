namespace Stagedoor.Watchers;

/// <summary>
/// Which files are to be read or forgotten, and when: a file is read when its writer has closed it, a missing one is
/// forgotten when it stays missing. Pure: the time comes from outside, in milliseconds of any steady clock.
/// </summary>
internal sealed class PendingFiles(FileSourceOptions options)
{
    private readonly Dictionary<string, long> _writing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _leaving = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FileStamp Stamp, long Due)> _settling = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ready = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>Files that are missing or empty and not yet given up.</summary>
    public IReadOnlyDictionary<string, long> Leaving => _leaving;

    /// <summary>A writer closed the file, or it came complete.</summary>
    public void Complete(string path)
    {
        Forget(path);
        _ready.Add(path);
    }

    /// <summary>A writer is at work: wait for its close, or until it is quiet for long.</summary>
    public void Written(string path, long now)
    {
        Forget(path);
        _writing[path] = now + Milliseconds(options.WriterPatience);
    }

    /// <summary>The file may differ; to be read if its stamp says so.</summary>
    public void Touched(string path)
    {
        if (!_writing.ContainsKey(path)) _touched.Add(path);
    }

    /// <summary>The file is missing or empty: give it the grace, counted from the first time this is said.</summary>
    public void Left(string path, long now)
    {
        var due = _leaving.TryGetValue(path, out var present) ? present : now + Milliseconds(options.DeletionGrace);
        Forget(path);
        _leaving[path] = due;
    }

    /// <summary>The file is to be forgotten at this time, unless it comes back.</summary>
    public void LeavesAt(string path, long due)
    {
        Forget(path);
        _leaving[path] = due;
    }

    /// <summary>A comparison found the file changed: read it when it stays as it is.</summary>
    public void Differs(string path, FileStamp stamp, long now)
    {
        if (_writing.ContainsKey(path) || _ready.Contains(path)) return;
        if (_settling.TryGetValue(path, out var present) && present.Stamp == stamp) return;
        _leaving.Remove(path);
        _settling[path] = (stamp, now + Milliseconds(options.Settling));
    }

    /// <summary>Takes what is due.</summary>
    public PendingBatch Take(long now)
    {
        foreach (var path in Due(_writing, now)) Complete(path);
        var batch = new PendingBatch(
            [.. _ready.Order(StringComparer.Ordinal)],
            [.. _touched.Order(StringComparer.Ordinal)],
            [.. _settling.Where(pair => pair.Value.Due <= now).Select(pair => (pair.Key, pair.Value.Stamp))],
            Due(_leaving, now));
        _ready.Clear();
        _touched.Clear();
        foreach (var (path, _) in batch.Settled) _settling.Remove(path);
        foreach (var path in batch.Leaving) _leaving.Remove(path);
        return batch;
    }

    /// <summary>Takes a file out of those that are leaving; false if it is none of them.</summary>
    public bool TakeLeaving(string path) => _leaving.Remove(path);

    /// <summary>When something is due next; <see cref="long.MaxValue"/> if nothing waits.</summary>
    public long NextDue()
    {
        if (_ready.Count > 0 || _touched.Count > 0) return 0;
        var next = long.MaxValue;
        foreach (var due in _writing.Values) next = Math.Min(next, due);
        foreach (var due in _leaving.Values) next = Math.Min(next, due);
        foreach (var (_, due) in _settling.Values) next = Math.Min(next, due);
        return next;
    }

    private void Forget(string path)
    {
        _writing.Remove(path);
        _leaving.Remove(path);
        _settling.Remove(path);
        _ready.Remove(path);
        _touched.Remove(path);
    }

    private static string[] Due(Dictionary<string, long> times, long now) =>
        times.Count == 0
            ? []
            : [.. times.Where(pair => pair.Value <= now).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}

/// <summary>What is due.</summary>
/// <param name="Ready">Files to read.</param>
/// <param name="Touched">Files to read if their stamp differs from that of the last reading.</param>
/// <param name="Settled">Files to read if their stamp is still this one.</param>
/// <param name="Leaving">Files whose grace is over.</param>
internal sealed record PendingBatch(
    string[] Ready, string[] Touched, (string Path, FileStamp Stamp)[] Settled, string[] Leaving)
{
    public bool IsEmpty => Ready.Length + Touched.Length + Settled.Length + Leaving.Length == 0;
}
