namespace Stagedoor.Xds.Sessions;

/// <summary>What a request may contain.</summary>
internal static class SessionLimits
{
    public static SessionClose? Check(IReadOnlyCollection<string> names, SessionOptions options)
    {
        if (names.Count > options.MaxNames) return TooMany(names.Count, options);
        foreach (var name in names)
        {
            if (name.Length <= options.MaxNameLength) continue;
            return new SessionClose(
                CloseReason.InvalidArgument, XdsCodes.TooManyNames,
                $"a resource name of {name.Length} characters; at most {options.MaxNameLength} are allowed");
        }

        return null;
    }

    public static SessionClose TooMany(int count, SessionOptions options) => new(
        CloseReason.ResourceExhausted, XdsCodes.TooManyNames,
        $"{count} resource names; at most {options.MaxNames} are allowed");
}
