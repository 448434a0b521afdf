namespace Stagedoor.Watchers;

/// <summary>How the first list of a folder ended.</summary>
public enum FileSourceStart
{
    /// <summary>The folder was read; the catalog is synced.</summary>
    Listed,

    /// <summary>The folder does not exist. It is watched for; until it is there the catalog is not synced.</summary>
    Missing,

    /// <summary>
    /// The folder is empty but was not when it was last read, as after a mount that failed: believed no more than a
    /// missing one.
    /// </summary>
    Emptied,
}
