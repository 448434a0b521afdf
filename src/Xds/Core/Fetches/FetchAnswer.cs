using Stagedoor.Xds.Sessions;

namespace Stagedoor.Xds.Fetches;

/// <summary>
/// The answer to a request that is asked once, without a stream: a unary <c>Fetch</c> or a REST poll. It knows of the
/// client only what the request says.
/// </summary>
/// <param name="Type">Which type it is of.</param>
/// <param name="Version">
/// <c>version_info</c>: generation and hash over what this request asks for, so that a client that asks for other names
/// under an old version gets them.
/// </param>
/// <param name="Resources">What was asked for and exists, in ordinal order of names.</param>
/// <param name="IsCurrent">Whether the client already has exactly that, by the version it names.</param>
/// <param name="ClientGeneration">
/// What the client has if that is newer than the snapshot: then it must be told nothing (rule I1).
/// </param>
public sealed record FetchAnswer(
    XdsType Type, string Version, IReadOnlyList<SnapshotResource> Resources, bool IsCurrent,
    Generation? ClientGeneration)
{
    /// <summary>What a request asks for beyond the limits; null: nothing.</summary>
    public static SessionClose? Check(IReadOnlyCollection<string> names, SessionOptions options) =>
        SessionLimits.Check(names, options);

    /// <summary>Answers a request from a snapshot.</summary>
    /// <param name="snapshot">What is served.</param>
    /// <param name="type">The type asked for.</param>
    /// <param name="names">Names asked for; none or <c>*</c>: all.</param>
    /// <param name="versionInfo">Version of the answer that the client has; empty: none.</param>
    public static FetchAnswer Of(
        Snapshot snapshot, XdsType type, IReadOnlyList<string> names, string versionInfo)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(versionInfo);
        var all = names.Count == 0 || names.Contains("*");
        var resources = all ? snapshot.Lists.Items(type) : Named(snapshot, type, names);
        var hash = all ? snapshot.Lists.Hash(type) : ListHash.Of(resources);
        var version = new TypeVersion(snapshot.Generation, hash).ToString();
        if (!TypeVersion.TryParse(versionInfo, out var client))
            return new FetchAnswer(type, version, resources, versionInfo == version, null);
        Generation? ahead = client.Generation > snapshot.Generation ? client.Generation : null;
        return new FetchAnswer(type, version, resources, client.Hash == hash, ahead);
    }

    private static IReadOnlyList<SnapshotResource> Named(
        Snapshot snapshot, XdsType type, IReadOnlyList<string> names)
    {
        var resources = snapshot.OfType(type);
        return
        [
            .. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => resources.GetValueOrDefault(name)).OfType<SnapshotResource>(),
        ];
    }
}
