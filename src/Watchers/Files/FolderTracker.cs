using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>
/// What the source knows of its folder: turns events and comparisons into steps of the state. Used by one thread.
/// </summary>
internal sealed class FolderTracker(FileSourceOptions options, SourceState state, TimeProvider time, TreeWatch? watch)
{
    private const int ParallelFrom = 8;
    private readonly PendingFiles _pending = new(options);
    private readonly EmptyFolderGuard _guard = new(options);
    private readonly FolderDiagnostics _folder = new();
    private readonly Dictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);
    private long _nextScan;

    /// <summary>Whether the first list is done.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Whether the folder was missing when it was last looked for.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>All claims as they should be stored.</summary>
    public List<(StoredRecord Record, Resource Resource)> Claims() => state.Claims();

    /// <summary>The first list; null if the folder is missing, or empty although it was not.</summary>
    public FolderUpdate? Start()
    {
        var listing = FolderListing.Take(options);
        IsMissing = listing.Root is null;
        watch?.Follow(listing);
        // What was created since, before it was watched, must be in the list.
        if (watch is not null && !IsMissing) listing = FolderListing.Take(options);
        if (listing.Root is not { } root) return null;
        if (listing.Files.Count == 0 && state.Files.Any() && !options.AllowEmpty) return null;
        var changes = Read([.. listing.Files.Keys.Order(StringComparer.Ordinal)], isFirst: true);
        foreach (var file in state.Files.Where(file => !listing.Files.ContainsKey(file)))
            changes.Add(new FileChange(file, listing.KnowsAbout(file) ? null : Unknown(file)));
        IsStarted = true;
        _guard.Seen(root);
        _folder.Listed(listing, watch, options, isBelieved: true);
        _nextScan = Now + ScanInterval;
        return Step(changes);
    }

    /// <summary>What there is to say while there is nothing to list.</summary>
    public FolderUpdate NothingToList()
    {
        if (IsMissing) _folder.Missing();
        else _folder.Emptied();
        return Step([]);
    }

    /// <summary>How long to wait for events.</summary>
    public int MillisecondsToWait() =>
        (int)Math.Clamp(Math.Min(_nextScan, _pending.NextDue()) - Now, 0, 60_000);

    /// <summary>Takes the events, compares if it is time to, and reads what is due. Null if nothing happened.</summary>
    public FolderUpdate? Turn(List<TreeEvent> events)
    {
        var scan = Note(events);
        var folderBefore = _folder.Version;
        if (scan is null && Now >= _nextScan) scan = TreeEventKind.Lost;
        if (scan is { } reason) Scan(reason);
        var batch = _pending.Take(Now);
        var changes = batch.IsEmpty ? [] : Collect(batch);
        return changes.Count == 0 && folderBefore == _folder.Version ? null : Step(changes);
    }

    private static long Now => Environment.TickCount64;

    private long ScanInterval =>
        (long)(watch is null || watch.IsIncomplete ? options.PollInterval : options.RescanInterval).TotalMilliseconds;

    private FolderUpdate Step(List<FileChange> changes) =>
        new(state.Apply(changes, time.GetUtcNow()), state.Diagnostics(_folder.All));

    /// <summary>Sorts the events; the reason if everything is to be listed.</summary>
    private TreeEventKind? Note(List<TreeEvent> events)
    {
        TreeEventKind? scan = null;
        foreach (var (kind, path) in events)
        {
            switch (kind)
            {
                case TreeEventKind.Complete:
                    _pending.Complete(path);
                    break;
                case TreeEventKind.Appeared when IsWholeAtOnce(path):
                    _pending.Complete(path);
                    scan = Max(scan, TreeEventKind.Folders);
                    break;
                case TreeEventKind.Appeared or TreeEventKind.Written:
                    _pending.Written(path, Now);
                    break;
                case TreeEventKind.Left:
                    if (_stamps.ContainsKey(path) || state.ObjectsOf(path).Count > 0) _pending.Left(path, Now);
                    break;
                case TreeEventKind.Touched:
                    _pending.Touched(path);
                    break;
                default:
                    scan = Max(scan, kind);
                    break;
            }
        }

        return scan;
    }

    /// <summary>A swung link says most about its files: they are complete.</summary>
    private static TreeEventKind Max(TreeEventKind? left, TreeEventKind right) =>
        left == TreeEventKind.LinkSwung ? TreeEventKind.LinkSwung : right;

    /// <summary>Links, and further names of a file, come without a writer that would close them.</summary>
    private bool IsWholeAtOnce(string path)
    {
        var full = Path.Combine(options.Directory, path);
        return new FileInfo(full).LinkTarget is not null || FileStamp.Of(full) is { Links: > 1 };
    }

    /// <summary>Compares everything with what was read.</summary>
    private void Scan(TreeEventKind reason)
    {
        var started = Now;
        var listing = FolderListing.Take(options);
        watch?.Follow(listing);
        // Files that came into a new folder before it was watched.
        if (watch is not null && reason == TreeEventKind.Folders) listing = FolderListing.Take(options);
        IsMissing = listing.Root is null;
        if (IsMissing) _folder.Missing();
        else _folder.Listed(listing, watch, options, isBelieved: listing.Files.Count > 0 || !state.Files.Any());
        if (listing is { Root: { } seen, Files.Count: > 0 }) _guard.Seen(seen);
        foreach (var (path, stamp) in listing.Files) Compare(path, stamp, reason);
        if (!IsMissing)
            foreach (var path in _stamps.Keys)
                if (!listing.Files.ContainsKey(path) && listing.KnowsAbout(path))
                    Miss(path, reason);
        // A large folder is compared less often: at most two hundredths of the time.
        var cost = Now - started;
        var poll = (long)options.PollInterval.TotalMilliseconds;
        _nextScan = Now + (IsMissing ? poll : Math.Max(ScanInterval, 50 * cost));
    }

    private void Compare(string path, FileStamp stamp, TreeEventKind reason)
    {
        if (_stamps.TryGetValue(path, out var known) && known == stamp) return;
        if (reason == TreeEventKind.LinkSwung || (reason == TreeEventKind.Folders && !IsFresh(stamp)))
        {
            _pending.Touched(path);
        }
        else
        {
            _pending.Differs(path, stamp, Now);
        }
    }

    private bool IsFresh(FileStamp stamp) => DateTime.UtcNow.Ticks - stamp.Modified < options.Settling.Ticks;

    private void Miss(string path, TreeEventKind reason)
    {
        // Behind a swung link the new content is whole: what is missing there is gone.
        if (reason == TreeEventKind.LinkSwung) _pending.LeavesAt(path, Now);
        else if (!_pending.Leaving.ContainsKey(path)) _pending.Left(path, Now);
    }

    /// <summary>Reads what is due and decides what is gone.</summary>
    private List<FileChange> Collect(PendingBatch batch)
    {
        var paths = new SortedSet<string>(batch.Ready, StringComparer.Ordinal);
        paths.UnionWith(batch.Touched.Where(path => StampOf(path) is { } now && Differs(path, now)));
        foreach (var (path, stamp) in batch.Settled)
        {
            if (StampOf(path) is not { } now) continue;
            if (now == stamp) paths.Add(path);
            else _pending.Differs(path, now, Now);
        }

        var back = batch.Leaving.Where(path => StampOf(path) is not null).ToHashSet(StringComparer.Ordinal);
        paths.UnionWith(back);
        var changes = Read([.. paths], isFirst: false);
        changes.RemoveAll(change => !back.Contains(change.File) && WaitsAsEmptied(change));
        var gone = batch.Leaving.Where(path => !back.Contains(path)).ToList();
        Supersede(changes, gone);
        var leaving = gone.Count + changes.Count(IsEmptied);
        if (leaving > 0 && !_guard.Believes(leaving + _pending.Leaving.Count, _stamps.Count, Now))
            return Postpone(changes, gone);
        if (_folder.HasProblem && (leaving > 0 || changes.Count > 0) && _guard.IsThere())
        {
            IsMissing = false;
            _folder.Believed();
        }

        foreach (var path in gone)
        {
            _stamps.Remove(path);
            changes.Add(new FileChange(path, null));
        }

        return changes;
    }

    private List<FileChange> Postpone(List<FileChange> changes, List<string> gone)
    {
        if (IsMissing) _folder.Missing();
        else _folder.Emptied();
        foreach (var path in gone.Concat(changes.Where(IsEmptied).Select(change => change.File)))
            _pending.LeavesAt(path, Now + 1000);
        changes.RemoveAll(IsEmptied);
        return changes;
    }

    /// <summary>A file that was emptied gets the grace of a missing one: some writers truncate, then write.</summary>
    private bool WaitsAsEmptied(FileChange change)
    {
        if (!IsEmptied(change)) return false;
        _pending.Left(change.File, Now);
        return true;
    }

    private bool IsEmptied(FileChange change) =>
        change.Documents is
        {
            Resources.IsEmpty: true, Broken.IsEmpty: true, HasUnidentified: false, Diagnostics.IsEmpty: true,
        }
        && state.ObjectsOf(change.File).Count > 0;

    /// <summary>
    /// A leaving file whose objects now stand in another file was renamed, or its content moved: both in one step, so
    /// that nothing is missing or double in between.
    /// </summary>
    private void Supersede(List<FileChange> changes, List<string> gone)
    {
        if (_pending.Leaving.Count == 0) return;
        var keys = changes
            .SelectMany(change => change.Documents?.Resources ?? [])
            .Select(resource => resource.Key)
            .ToHashSet();
        foreach (var path in _pending.Leaving.Keys.ToArray())
        {
            if (!state.ObjectsOf(path).Any(keys.Contains)) continue;
            if (StampOf(path) is null)
            {
                _pending.TakeLeaving(path);
                gone.Add(path);
            }
            else if (FileReader.Read(options, path) is { Documents: { } documents } reading)
            {
                _pending.TakeLeaving(path);
                _stamps[path] = reading.Stamp!.Value;
                changes.Add(new FileChange(path, documents));
            }
        }
    }

    private List<FileChange> Read(string[] paths, bool isFirst)
    {
        var readings = new FileReading[paths.Length];
        if (paths.Length < ParallelFrom)
            for (var i = 0; i < paths.Length; i++) readings[i] = FileReader.Read(options, paths[i]);
        else Parallel.For(0, paths.Length, i => readings[i] = FileReader.Read(options, paths[i]));
        var changes = new List<FileChange>(paths.Length);
        for (var i = 0; i < paths.Length; i++)
        {
            var (stamp, documents) = readings[i];
            if (stamp is { } known && documents is not null) _stamps[paths[i]] = known;
            else if (stamp is { } changing) _pending.Differs(paths[i], changing, Now);
            else if (_stamps.ContainsKey(paths[i])) _pending.Left(paths[i], Now);
            // In the first list nothing may be left open: what was stored of the file is kept until it can be read.
            if (isFirst && documents is null) documents = stamp is null ? DocumentSet.Empty : Unknown(paths[i]);
            if (documents is not null) changes.Add(new FileChange(paths[i], documents));
        }

        return changes;
    }

    private FileStamp? StampOf(string path) =>
        FileStamp.Of(Path.Combine(options.Directory, path)) is { IsFolder: false } stamp ? stamp : null;

    private bool Differs(string path, FileStamp stamp) => !_stamps.TryGetValue(path, out var known) || known != stamp;

    private static DocumentSet Unknown(string file) => new()
    {
        HasUnidentified = true,
        Diagnostics =
        [
            new Diagnostic(FileCodes.Unreadable, Severity.Error, "it could not be read yet")
            {
                Source = new SourceLocation(file, 0),
            },
        ],
    };
}
