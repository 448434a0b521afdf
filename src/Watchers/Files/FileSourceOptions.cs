using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>What <see cref="FileSource"/> watches, and its limits.</summary>
public sealed record FileSourceOptions
{
    /// <summary>The folder with the documents; read recursively, symbolic links are followed.</summary>
    public required string Directory { get; init; }

    /// <summary>The server's own folder; last good texts are kept in its <c>held</c>. Null: nothing is kept.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Encrypts what may be secret among the last good texts. Null: such texts are not kept.</summary>
    public IHeldProtector? Protector { get; init; }

    /// <summary>How documents are read.</summary>
    public DocumentReaderOptions Reader { get; init; } = DocumentReaderOptions.Default;

    /// <summary>Largest file read, in bytes.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Most files read.</summary>
    public int MaxFiles { get; init; } = 100_000;

    /// <summary>Deepest folder read.</summary>
    public int MaxFolderDepth { get; init; } = 32;

    /// <summary>
    /// How long a file must be missing (or empty) until its objects are deleted: editors and version control remove a
    /// file for a moment when they replace it.
    /// </summary>
    public TimeSpan DeletionGrace { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long a file must stay as it is until it is read when no event told that its writer closed it.
    /// </summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a writer that keeps a file open must be quiet until the file is read all the same.</summary>
    public TimeSpan WriterPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a folder from which all files were deleted keeps its objects. A folder that is gone or was replaced by
    /// an empty one (a mount that failed) keeps them until it is back.
    /// </summary>
    public TimeSpan EmptyGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Believe an empty folder at once.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>How often everything is compared with the file system besides its events.</summary>
    public TimeSpan RescanInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The same where events are not to be had, or <see cref="UseEvents"/> is false.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether to ask the kernel for events (Linux).</summary>
    public bool UseEvents { get; init; } = true;
}
