using CsCheck;
using Xunit;

namespace Stagedoor.Xds.Tests.Model;

public sealed class HistoryTests
{
    [Fact]
    public void I1_I2_I3_hold_in_any_history_and_the_client_ends_with_the_newest_snapshot() =>
        Histories.Sample(seed => new SotwRun(seed, bad: 0));

    [Fact]
    public void I1_I2_I3_hold_in_any_incremental_history_and_the_client_ends_with_the_newest_snapshot() =>
        Histories.Sample(seed => new DeltaRun(seed, bad: 0));

    [Fact]
    public void I6_with_rejections_too_and_no_rejected_content_is_sent_more_than_twice() =>
        Histories.Sample(seed => new SotwRun(seed, bad: 0.3));

    [Fact]
    public void I6_with_rejections_too_in_incremental_histories() =>
        Histories.Sample(seed => new DeltaRun(seed, bad: 0.3));
}

/// <summary>Random histories by seed; the failing seed is printed with what happened.</summary>
internal static class Histories
{
    // STAGEDOOR_HISTORIES sets how many; the default keeps a local run short.
    private static readonly long Count =
        long.TryParse(Environment.GetEnvironmentVariable("STAGEDOOR_HISTORIES"), out var count) ? count : 20_000;

    // STAGEDOOR_HISTORY plays a single one.
    private static readonly string? Single = Environment.GetEnvironmentVariable("STAGEDOOR_HISTORY");

    public static void Sample(Func<int, ModelRun> begin)
    {
        if (int.TryParse(Single, out var seed)) Play(begin, seed);
        else Gen.Int.Sample(each => Play(begin, each), iter: Count);
    }

    private static void Play(Func<int, ModelRun> begin, int seed)
    {
        var run = begin(seed);
        try
        {
            run.Play(80);
            run.Settle();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"history {seed}: {exception.Message}\n{run.Trace}", exception);
        }
    }
}
