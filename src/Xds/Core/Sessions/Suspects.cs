namespace Stagedoor.Xds.Sessions;

/// <summary>Who is to blame for a NACK.</summary>
internal static class Suspects
{
    /// <summary>
    /// Names of the culprits among the contents of a rejected response: those that the client has rejected before and
    /// those that the error names; else the only one that no client has accepted yet; else nobody.
    /// </summary>
    public static IReadOnlySet<string> Culprits(
        IReadOnlyList<SnapshotResource> contents, Predicate<SnapshotResource> wasRejected, string error)
    {
        if (contents.Count == 1) return Set(contents);
        var known = contents.Where(content => wasRejected(content)).ToList();
        if (known.Count > 0)
            return Set(known.Concat(contents.Where(content => NackText.Names(error, content.Name))));
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
