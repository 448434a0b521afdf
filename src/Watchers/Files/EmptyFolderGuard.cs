namespace Stagedoor.Watchers;

/// <summary>
/// Doubts a folder that loses all its files at once: usually a mount that failed or a tool gone wrong. Deleting the
/// last single file is believed.
/// </summary>
internal sealed class EmptyFolderGuard(FileSourceOptions options)
{
    private FileStamp? _root;
    private long? _since;

    /// <summary>The folder was there, with files in it.</summary>
    public void Seen(FileStamp root)
    {
        _root = root;
        _since = null;
    }

    /// <summary>Looks whether the folder is there; if so, it is the one that counts from now on.</summary>
    public bool IsThere()
    {
        if (FileStamp.Of(options.Directory) is not { IsFolder: true } root) return false;
        Seen(root);
        return true;
    }

    /// <summary>Whether files may be given up.</summary>
    /// <param name="leaving">How many are missing or empty.</param>
    /// <param name="known">How many there were.</param>
    /// <param name="now">Time in milliseconds.</param>
    public bool Believes(int leaving, int known, long now)
    {
        if (options.AllowEmpty) return true;
        if (FileStamp.Of(options.Directory) is not { IsFolder: true } root) return false;
        if (leaving < known) return true;
        if (_root is not { } seen || !seen.IsSameAs(root)) return false;
        if (known == 1) return true;
        _since ??= now;
        return now - _since >= (long)options.EmptyGrace.TotalMilliseconds;
    }
}
