using System.IO.Enumeration;

namespace Stagedoor.Watchers;

/// <summary>One list of everything below the configuration folder. Paths are relative to it, with slashes.</summary>
internal sealed class FolderListing
{
    private readonly FileSourceOptions _options;
    private readonly HashSet<(ulong Device, ulong Inode)> _ancestors = [];

    private FolderListing(FileSourceOptions options) => _options = options;

    /// <summary>The configuration folder; null if it is missing.</summary>
    public FileStamp? Root { get; private set; }

    /// <summary>Files with documents.</summary>
    public Dictionary<string, FileStamp> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of them that are symbolic links.</summary>
    public HashSet<string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>Folders looked into; the configuration folder is the empty string.</summary>
    public Dictionary<string, FileStamp> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are no configuration.</summary>
    public SortedSet<string> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Names of documents that lead to no file: dangling and circular links, pipes, devices; with the reason.
    /// </summary>
    public SortedDictionary<string, string> Dead { get; } = new(StringComparer.Ordinal);

    /// <summary>Folders that could not be listed, with the reason: what is in them is not known.</summary>
    public SortedDictionary<string, string> Failed { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a limit cut the list short: then what is missing in it is not known to be gone.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Lists the folder.</summary>
    public static FolderListing Take(FileSourceOptions options)
    {
        var listing = new FolderListing(options);
        if (FileStamp.Of(options.Directory) is not { IsFolder: true } root) return listing;
        listing.Root = root;
        listing.List("", options.Directory, root, 1);
        return listing;
    }

    /// <summary>Whether a file that is missing in the list is known to be gone.</summary>
    public bool KnowsAbout(string path) =>
        !IsTruncated
        && !Failed.Keys.Any(folder =>
            folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal));

    private void List(string relative, string path, FileStamp stamp, int depth)
    {
        if (depth > _options.MaxFolderDepth)
        {
            IsTruncated = true;
            return;
        }

        // A link that leads back to where we are would never end.
        var identity = (stamp.Device, stamp.Inode);
        if (stamp.Inode != 0 && !_ancestors.Add(identity)) return;
        Folders[relative] = stamp;
        try
        {
            foreach (var (name, isLink) in Entries(path)) Visit(relative, path, name, isLink, depth);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failed[relative] = error is UnauthorizedAccessException ? "access is denied" : "it cannot be listed";
        }

        _ancestors.Remove(identity);
    }

    private void Visit(string relative, string path, string name, bool isLink, int depth)
    {
        var role = ConfigurationFiles.RoleOf(name);
        if (ConfigurationFiles.IsHiddenFolder(name)) return;
        var full = Path.Combine(path, name);
        var child = relative.Length == 0 ? name : $"{relative}/{name}";
        if (FileStamp.Of(full) is not { } stamp)
        {
            if (role == FileRole.Documents && WhyDead(full, isLink) is { } reason) Dead[child] = reason;
            return;
        }

        if (stamp.IsFolder)
        {
            List(child, full, stamp, depth + 1);
        }
        else if (role == FileRole.Other)
        {
            Others.Add(child);
        }
        else if (role == FileRole.Documents)
        {
            if (Files.Count >= _options.MaxFiles)
            {
                IsTruncated = true;
                return;
            }

            Files[child] = stamp;
            if (isLink) Links.Add(child);
        }
    }

    /// <summary>Why a name has no stamp; null if it was there only a moment ago.</summary>
    private static string? WhyDead(string full, bool isLink)
    {
        if (isLink) return "is a link that leads to no file";
        if (File.Exists(full)) return "is no regular file";
        return full.Contains('\uFFFD', StringComparison.Ordinal) ? "has a name that is not UTF-8" : null;
    }

    private static FileSystemEnumerable<(string Name, bool IsLink)> Entries(string path) =>
        new(
            path,
            (ref FileSystemEntry entry) =>
                (entry.FileName.ToString(), (entry.Attributes & FileAttributes.ReparsePoint) != 0),
            new EnumerationOptions
            {
                AttributesToSkip = 0,
                IgnoreInaccessible = false,
                RecurseSubdirectories = false,
            });
}
