namespace Stagedoor.Xds.Sessions;

/// <summary>
/// How a session paces its client (design 4). Times are waits at most, never delays of something that is ready.
/// </summary>
public sealed record SessionOptions
{
    /// <summary>The defaults.</summary>
    public static readonly SessionOptions Default = new();

    /// <summary>
    /// How long CDS waits for the answer to its last response. Short, because Envoy withholds it while clusters warm.
    /// </summary>
    public TimeSpan ClusterPatience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long every other type waits for the answer to its last response.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a full set waits for the answer to the one before, if that offered rejected content once more: the
    /// answer decides whether the content stays in.
    /// </summary>
    public TimeSpan TrialPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long listeners and routes wait for the answer to the CDS response that added a slowly warming cluster they
    /// refer to; zero: never.
    /// </summary>
    public TimeSpan WarmingWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a cluster outlives the acknowledged response that released it, for listeners that still drain.
    /// </summary>
    public TimeSpan RemovalLinger { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of resources in one response of a type that may be split; one resource may be larger.</summary>
    public int BatchBytes { get; init; } = 64 * 1024;

    /// <summary>Names that a client may subscribe to, per type.</summary>
    public int MaxNames { get; init; } = 200_000;

    /// <summary>Characters of one resource name in a request.</summary>
    public int MaxNameLength { get; init; } = 4096;
}
