namespace Stagedoor.Watchers;

/// <summary>What a file's name says about it.</summary>
internal enum FileRole
{
    /// <summary>Holds documents.</summary>
    Documents,

    /// <summary>Something else that a user put there, such as a README: listed as ignored.</summary>
    Other,

    /// <summary>Hidden, or an editor's temporary: not even listed.</summary>
    Hidden,
}

/// <summary>Tells documents from other files by name.</summary>
internal static class ConfigurationFiles
{
    public static FileRole RoleOf(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name[0] is '.' or '#' || name[^1] is '~' or '#') return FileRole.Hidden;
        // 4913 is the file by which vim tries whether it may write.
        if (name is "4913" || EndsWith(name, ".tmp") || EndsWith(name, ".swp") || EndsWith(name, ".swx"))
            return FileRole.Hidden;
        if (name.StartsWith("kustomization.", StringComparison.OrdinalIgnoreCase)) return FileRole.Other;
        return EndsWith(name, ".yaml") || EndsWith(name, ".yml") || EndsWith(name, ".json")
            ? FileRole.Documents
            : FileRole.Other;
    }

    /// <summary>
    /// Whether a folder is not looked into: hidden ones, and the targets of Kubernetes' volume links.
    /// </summary>
    public static bool IsHiddenFolder(ReadOnlySpan<char> name) => name.IsEmpty || name[0] == '.';

    private static bool EndsWith(ReadOnlySpan<char> name, string ending) =>
        name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
