namespace Stagedoor.Watchers;

/// <summary>What happened to a path, in the terms of <see cref="PendingFiles"/>.</summary>
internal enum TreeEventKind
{
    /// <summary>A writer closed the file, or a complete one was moved here.</summary>
    Complete,

    /// <summary>A file appeared: a new one that is being written, or a link to a complete one.</summary>
    Appeared,

    /// <summary>Something was written to the file; the writer has not closed it.</summary>
    Written,

    /// <summary>The file was removed or moved away.</summary>
    Left,

    /// <summary>The file, or what a link leads to, may have changed without being written.</summary>
    Touched,

    /// <summary>Folders came or went: list everything.</summary>
    Folders,

    /// <summary>A link was swung: list everything; what it leads to is complete.</summary>
    LinkSwung,

    /// <summary>Events were lost: list everything.</summary>
    Lost,
}

/// <summary>An event with the path relative to the configuration folder.</summary>
internal readonly record struct TreeEvent(TreeEventKind Kind, string Path);

/// <summary>Keeps the kernel's watches in step with the folders, and turns its events into paths.</summary>
internal sealed class TreeWatch(Inotify inotify, string root) : IDisposable
{
    private const uint FolderMask =
        InotifyEvent.Modify | InotifyEvent.Attributes | InotifyEvent.CloseWrite | InotifyEvent.MovedFrom
        | InotifyEvent.MovedTo | InotifyEvent.Create | InotifyEvent.Delete | InotifyEvent.DeleteSelf
        | InotifyEvent.MoveSelf | InotifyEvent.OnlyFolder | InotifyEvent.ExcludeUnlinked;

    private const uint TargetMask =
        InotifyEvent.Modify | InotifyEvent.Attributes | InotifyEvent.CloseWrite | InotifyEvent.DeleteSelf
        | InotifyEvent.MoveSelf;

    private readonly string _root = Path.GetFullPath(root);
    private readonly List<InotifyEvent> _raw = [];
    private readonly Dictionary<string, (int Watch, FileStamp Stamp)> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Watch, FileStamp Stamp)> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<string>> _paths = [];
    private int _parent = -1;

    /// <summary>Whether some watch could not be had, so that comparing must find the changes there.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Watches the folders (and what links lead to) of a listing, and nothing else.</summary>
    public void Follow(FolderListing listing)
    {
        IsIncomplete = false;
        WatchParent();
        Follow(_folders, listing.Folders, FolderMask);
        var targets = listing.Links.ToDictionary(link => link, link => listing.Files[link], StringComparer.Ordinal);
        Follow(_targets, targets, TargetMask);
    }

    /// <summary>Waits, then returns what happened, in order.</summary>
    public List<TreeEvent> Wait(int milliseconds)
    {
        _raw.Clear();
        inotify.Wait(_raw, milliseconds);
        var events = new List<TreeEvent>(_raw.Count);
        foreach (var raw in _raw) Translate(raw, events);
        return events;
    }

    public void Wake() => inotify.Wake();

    public void Dispose() => inotify.Dispose();

    /// <summary>The parent tells when the folder itself, or the link that it is, is replaced.</summary>
    private void WatchParent()
    {
        if (_parent >= 0 || Path.GetDirectoryName(_root) is not { } parent) return;
        _parent = inotify.Add(
            parent, InotifyEvent.MovedTo | InotifyEvent.MovedFrom | InotifyEvent.Create | InotifyEvent.OnlyFolder);
    }

    private void Follow(
        Dictionary<string, (int Watch, FileStamp Stamp)> watched, Dictionary<string, FileStamp> wanted, uint mask)
    {
        foreach (var (path, (watch, stamp)) in watched.ToArray())
        {
            if (wanted.TryGetValue(path, out var now) && now.IsSameAs(stamp) && _paths.ContainsKey(watch)) continue;
            watched.Remove(path);
            Release(watch, path);
        }

        foreach (var (path, stamp) in wanted)
        {
            if (watched.ContainsKey(path)) continue;
            var watch = inotify.Add(Path.Combine(_root, path), mask);
            // The parent of the folder can be watched under the same number only if they are the same: never.
            if (watch < 0 || watch == _parent)
            {
                IsIncomplete = true;
                continue;
            }

            watched[path] = (watch, stamp);
            if (!_paths.TryGetValue(watch, out var paths)) _paths[watch] = paths = [];
            paths.Add(path);
        }
    }

    private void Release(int watch, string path)
    {
        if (!_paths.TryGetValue(watch, out var paths)) return;
        paths.Remove(path);
        if (paths.Count > 0) return;
        _paths.Remove(watch);
        inotify.Remove(watch);
    }

    private void Translate(InotifyEvent raw, List<TreeEvent> events)
    {
        if (raw.Has(InotifyEvent.Overflow)) events.Add(new TreeEvent(TreeEventKind.Lost, ""));
        else if (raw.Watch == _parent) TranslateParent(raw, events);
        else if (raw.Has(InotifyEvent.Ignored)) Forget(raw.Watch);
        else if (_paths.TryGetValue(raw.Watch, out var paths))
            foreach (var path in paths)
                Translate(raw, path, events);
    }

    private void TranslateParent(InotifyEvent raw, List<TreeEvent> events)
    {
        if (raw.Has(InotifyEvent.Ignored)) _parent = -1;
        else if (raw.Name == Path.GetFileName(_root))
            events.Add(new TreeEvent(
                raw.Has(InotifyEvent.Create) && !IsLink("") ? TreeEventKind.Folders : TreeEventKind.LinkSwung, ""));
    }

    private void Forget(int watch)
    {
        if (!_paths.Remove(watch, out var paths)) return;
        foreach (var path in paths)
        {
            if (_folders.TryGetValue(path, out var folder) && folder.Watch == watch) _folders.Remove(path);
            if (_targets.TryGetValue(path, out var target) && target.Watch == watch) _targets.Remove(path);
        }
    }

    private void Translate(InotifyEvent raw, string path, List<TreeEvent> events)
    {
        if (_targets.TryGetValue(path, out var target) && target.Watch == raw.Watch)
        {
            events.Add(new TreeEvent(TargetKind(raw), path));
            return;
        }

        if (raw.Name.Length == 0)
        {
            // About the folder itself.
            const uint ofItself = InotifyEvent.DeleteSelf | InotifyEvent.MoveSelf | InotifyEvent.Unmount
                | InotifyEvent.Attributes;
            if (raw.Has(ofItself))
                events.Add(new TreeEvent(TreeEventKind.Folders, path));
            return;
        }

        var child = path.Length == 0 ? raw.Name : $"{path}/{raw.Name}";
        if (raw.Has(InotifyEvent.IsFolder))
        {
            if (!ConfigurationFiles.IsHiddenFolder(raw.Name)) events.Add(new TreeEvent(TreeEventKind.Folders, child));
            return;
        }

        if (Kind(raw, child) is { } kind) events.Add(new TreeEvent(kind, child));
    }

    private TreeEventKind? Kind(InotifyEvent raw, string child)
    {
        var role = ConfigurationFiles.RoleOf(raw.Name);
        var arrived = raw.Has(InotifyEvent.MovedTo | InotifyEvent.Create);
        if (role != FileRole.Documents)
        {
            // Kubernetes swings the hidden link ..data; a link without ending may be a folder's.
            var mayBeSwung = role == FileRole.Other || raw.Name.StartsWith("..", StringComparison.Ordinal);
            if (mayBeSwung && raw.Has(InotifyEvent.MovedTo) && IsLink(child)) return TreeEventKind.LinkSwung;
            if (role == FileRole.Hidden) return null;
            return arrived || raw.Has(InotifyEvent.Delete | InotifyEvent.MovedFrom) ? TreeEventKind.Folders : null;
        }

        if (raw.Has(InotifyEvent.Delete | InotifyEvent.MovedFrom)) return TreeEventKind.Left;
        if (raw.Has(InotifyEvent.CloseWrite | InotifyEvent.MovedTo)) return TreeEventKind.Complete;
        if (raw.Has(InotifyEvent.Create)) return TreeEventKind.Appeared;
        return raw.Has(InotifyEvent.Modify) ? TreeEventKind.Written : TreeEventKind.Touched;
    }

    private static TreeEventKind TargetKind(InotifyEvent raw) =>
        raw.Has(InotifyEvent.CloseWrite) ? TreeEventKind.Complete
        : raw.Has(InotifyEvent.Modify) ? TreeEventKind.Written
        : TreeEventKind.Touched;

    private bool IsLink(string child) => new FileInfo(Path.Combine(_root, child)).LinkTarget is not null;
}
