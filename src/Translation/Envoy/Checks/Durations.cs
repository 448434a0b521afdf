using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Translation.Envoy;

/// <summary>Durations as Envoy accepts them.</summary>
internal static class Durations
{
    private const long MaxSeconds = 315_576_000_000;

    /// <summary>Whether the duration is well-formed and not negative.</summary>
    public static bool IsValid(Duration duration) =>
        duration.Seconds is >= 0 and <= MaxSeconds && duration.Nanos is >= 0 and < 1_000_000_000;

    /// <summary>Whether the duration is well-formed and greater than zero.</summary>
    public static bool IsPositive(Duration duration) =>
        IsValid(duration) && (duration.Seconds > 0 || duration.Nanos > 0);

    /// <summary>Whole milliseconds.</summary>
    public static long Milliseconds(Duration duration) => (duration.Seconds * 1000) + (duration.Nanos / 1_000_000);

    /// <summary>Whole seconds, rounded up.</summary>
    public static uint SecondsUp(Duration duration) => (uint)(duration.Seconds + (duration.Nanos > 0 ? 1 : 0));

    /// <summary>A duration of whole seconds.</summary>
    public static Duration Seconds(long seconds) => new() { Seconds = seconds };
}
