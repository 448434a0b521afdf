namespace Stagedoor.Watchers;

/// <summary>
/// Identity and state of a file or folder, links followed: when it is equal, the content is very likely so.
/// </summary>
/// <param name="Device">Device; 0 where it is not known.</param>
/// <param name="Inode">Inode; 0 where it is not known.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last modification of the content, UTC ticks.</param>
/// <param name="Changed">Time of the last change of content or attributes, UTC ticks; 0 where it is not known.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Links">Hard links to it.</param>
internal readonly record struct FileStamp(
    ulong Device, ulong Inode, long Size, long Modified, long Changed, bool IsFolder, uint Links)
{
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int FileType = 0x8000;
    private static bool _noStatx = !OperatingSystem.IsLinux();

    /// <summary>Whether this is the same file or folder, whatever its state.</summary>
    public bool IsSameAs(FileStamp other) => Device == other.Device && Inode == other.Inode;

    /// <summary>The stamp of a file or folder; null if it is missing, a dangling link, a pipe or the like.</summary>
    public static FileStamp? Of(string path) => _noStatx ? Portable(path) : Native(path);

    private static FileStamp? Native(string path)
    {
        var buffer = new Libc.StatxBuffer();
        try
        {
            if (Libc.Statx(Libc.CurrentFolder, path, 0, Libc.BasicStats, ref buffer) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            _noStatx = true;
            return Portable(path);
        }

        if ((buffer.Mode & TypeMask) is not (FolderType or FileType)) return null;
        return new FileStamp(
            ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor,
            buffer.Inode,
            (long)buffer.Size,
            Ticks(buffer.ModifiedSeconds, buffer.ModifiedNanoseconds),
            Ticks(buffer.ChangedSeconds, buffer.ChangedNanoseconds),
            (buffer.Mode & TypeMask) == FolderType,
            buffer.Links);
    }

    private static FileStamp? Portable(string path)
    {
        FileSystemInfo? info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (info.LinkTarget is not null) info = info.ResolveLinkTarget(returnFinalTarget: true);
        if (info is not { Exists: true }) return null;
        return new FileStamp(
            0, 0, info is FileInfo file ? file.Length : 0, info.LastWriteTimeUtc.Ticks, 0, info is DirectoryInfo, 1);
    }

    private static long Ticks(long seconds, uint nanoseconds) =>
        DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100);
}
