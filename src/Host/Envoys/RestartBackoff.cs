namespace Stagedoor.Host.Envoys;

/// <summary>
/// How long to wait before an Envoy that ended by itself is started again: nothing at first, then from half a second
/// doubling up to half a minute; a run of a minute counts as healthy and forgets the failures before it.
/// </summary>
/// <param name="Failures">Ends in a row, each after less than <see cref="Healthy"/>.</param>
internal readonly record struct RestartBackoff(int Failures)
{
    /// <summary>A run that is this long was a good one.</summary>
    public static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>The wait before the next start.</summary>
    public TimeSpan Delay => Failures <= 1
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(Failures - 2, 16), Longest.Ticks));

    /// <summary>What follows an end after a run of this length.</summary>
    public RestartBackoff After(TimeSpan run) => new(run >= Healthy ? 1 : Failures + 1);
}
