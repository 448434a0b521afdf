namespace Stagedoor.Xds.Sessions;

/// <summary>One response to write. It refers to the shared encoded resources and copies none.</summary>
/// <param name="Type">Which type it is of.</param>
/// <param name="Version"><c>version_info</c>, in delta <c>system_version_info</c>.</param>
/// <param name="Nonce">Pairs the answer with it; unique on the stream.</param>
/// <param name="Resources">What to send, in order.</param>
public readonly record struct XdsResponse(
    XdsType Type, string Version, string Nonce, IReadOnlyList<SnapshotResource> Resources)
{
    /// <summary>Whether it is an incremental response: each resource with its name and version, and removals.</summary>
    public bool IsDelta { get; init; }

    /// <summary>
    /// Delta: resources of which only the name, the version and the time to live are said (rule R28).
    /// </summary>
    public IReadOnlyList<SnapshotResource> Heartbeats { get; init; } = [];

    /// <summary>Delta: whether times to live are said.</summary>
    public bool WithTtl { get; init; }

    /// <summary>Delta: names of resources that are not there (any more).</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];
}
