using System.Runtime.InteropServices;
using System.Text;

namespace Stagedoor.Watchers;

/// <summary>One event of the kernel.</summary>
internal readonly record struct InotifyEvent(int Watch, uint Mask, string Name)
{
    public const uint Modify = 0x2;
    public const uint Attributes = 0x4;
    public const uint CloseWrite = 0x8;
    public const uint MovedFrom = 0x40;
    public const uint MovedTo = 0x80;
    public const uint Create = 0x100;
    public const uint Delete = 0x200;
    public const uint DeleteSelf = 0x400;
    public const uint MoveSelf = 0x800;
    public const uint Unmount = 0x2000;
    public const uint Overflow = 0x4000;
    public const uint Ignored = 0x8000;
    public const uint OnlyFolder = 0x01000000;
    public const uint ExcludeUnlinked = 0x04000000;
    public const uint IsFolder = 0x40000000;

    public bool Has(uint bits) => (Mask & bits) != 0;
}

/// <summary>
/// Linux' file events. .NET's own watcher does not report the close of a file, without which a file that is being
/// written cannot be told from one that is complete. Used by one thread, except <see cref="Wake"/>.
/// </summary>
internal sealed class Inotify : IDisposable
{
    private const int HeaderSize = 16;
    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly int _fd;
    private readonly int _wake;

    private Inotify(int fd, int wake)
    {
        _fd = fd;
        _wake = wake;
    }

    /// <summary>A new instance; null where the kernel has none (left).</summary>
    public static Inotify? TryCreate()
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            var fd = Libc.InotifyInit(Libc.Nonblocking | Libc.CloseOnExec);
            if (fd < 0) return null;
            var wake = Libc.EventFd(0, Libc.Nonblocking | Libc.CloseOnExec);
            if (wake >= 0) return new Inotify(fd, wake);
            _ = Libc.Close(fd);
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Watches a path; negative if that cannot be had. A path of the same inode has the same number.</summary>
    public int Add(string path, uint mask) => Libc.InotifyAddWatch(_fd, path, mask);

    public void Remove(int watch) => _ = Libc.InotifyRemoveWatch(_fd, watch);

    /// <summary>Waits for events, a wake-up or the time; then adds all events that are queued.</summary>
    public void Wait(List<InotifyEvent> events, int milliseconds)
    {
        Span<Libc.PollFd> fds =
        [
            new Libc.PollFd { Fd = _fd, Events = Libc.PollIn },
            new Libc.PollFd { Fd = _wake, Events = Libc.PollIn },
        ];
        _ = Libc.Poll(ref MemoryMarshal.GetReference(fds), 2, milliseconds);
        for (var read = Read(); read > 0; read = Read()) Parse(_buffer.AsSpan(0, read), events);
    }

    /// <summary>Ends a <see cref="Wait"/>; from any thread.</summary>
    public void Wake()
    {
        Span<byte> one = stackalloc byte[8];
        one[0] = 1;
        _ = Libc.Write(_wake, ref one[0], 8);
    }

    public void Dispose()
    {
        _ = Libc.Close(_fd);
        _ = Libc.Close(_wake);
    }

    private int Read() => (int)Libc.Read(_fd, ref _buffer[0], (nuint)_buffer.Length);

    private static void Parse(ReadOnlySpan<byte> bytes, List<InotifyEvent> events)
    {
        while (bytes.Length >= HeaderSize)
        {
            var length = MemoryMarshal.Read<int>(bytes[12..]);
            var name = bytes.Slice(HeaderSize, length);
            var end = name.IndexOf((byte)0);
            events.Add(new InotifyEvent(
                MemoryMarshal.Read<int>(bytes),
                MemoryMarshal.Read<uint>(bytes[4..]),
                Encoding.UTF8.GetString(end < 0 ? name : name[..end])));
            bytes = bytes[(HeaderSize + length)..];
        }
    }
}
