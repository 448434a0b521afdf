namespace Stagedoor.Xds.Sessions;

/// <summary>Who is to blame for a NACK.</summary>
internal static class Suspects
{
    /// <summary>
    /// Names of the culprits among the contents of a rejected response: those that the error names; else the only one
    /// that no client has accepted yet; else nobody.
    /// </summary>
    public static IReadOnlySet<string> Culprits(IReadOnlyList<SnapshotResource> contents, string error)
    {
        if (contents.Count == 1) return Set(contents);
        var fresh = contents.Where(content => !content.Acknowledged).ToList();
        var candidates = fresh.Count > 0 ? fresh : contents;
        var named = candidates.Where(content => NackText.Names(error, content.Name)).ToList();
        if (named.Count == 0 && fresh.Count > 0)
            named = contents.Where(content => content.Acknowledged && NackText.Names(error, content.Name)).ToList();
        if (named.Count > 0) return Set(named);
        return fresh.Count == 1 ? Set(fresh) : new HashSet<string>();
    }

    private static HashSet<string> Set(IEnumerable<SnapshotResource> contents) =>
        contents.Select(content => content.Name).ToHashSet(StringComparer.Ordinal);
}
