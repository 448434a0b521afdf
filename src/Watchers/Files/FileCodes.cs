namespace Stagedoor.Watchers;

/// <summary>Codes of what <see cref="FileSource"/> has to say; documented in <c>docs/diagnostics.md</c>.</summary>
public static class FileCodes
{
    /// <summary>A file cannot be read.</summary>
    public const string Unreadable = "SD1101";

    /// <summary>The same object stands in two places.</summary>
    public const string Duplicate = "SD1102";

    /// <summary>The configuration folder is missing.</summary>
    public const string FolderMissing = "SD1103";

    /// <summary>The configuration folder is empty all of a sudden.</summary>
    public const string FolderEmptied = "SD1104";

    /// <summary>A file that is no configuration.</summary>
    public const string IgnoredFile = "SD1105";

    /// <summary>An object keeps its last good text.</summary>
    public const string Held = "SD1106";

    /// <summary>More files or deeper folders than the limits allow.</summary>
    public const string Limit = "SD1107";

    /// <summary>A folder below the configuration folder cannot be listed.</summary>
    public const string FolderUnreadable = "SD1108";

    /// <summary>Changes are found by comparing only.</summary>
    public const string NoEvents = "SD1109";

    /// <summary>The name of a document leads to no file.</summary>
    public const string NoFile = "SD1110";
}
