using System.Buffers;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.Api.Documents;

/// <summary>
/// Durations as Gloo reads them: Go's <c>time.ParseDuration</c> (<c>1m30s</c>, <c>250ms</c>), of which proto3 JSON's
/// seconds (<c>1.5s</c>) are a part.
/// </summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private const decimal MaxSeconds = 315_576_000_000m;

    /// <summary>The duration, or null if the text is none or is out of protobuf's range.</summary>
    public static Duration? Parse(string text)
    {
        if (text.Length is 0 or > 64) return null;
        var rest = text.AsSpan();
        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+') rest = rest[1..];
        if (rest is "0") return new Duration();
        if (rest.IsEmpty || Sum(rest) is not { } seconds || seconds > MaxSeconds) return null;
        if (negative) seconds = -seconds;
        var whole = decimal.Truncate(seconds);
        var nanos = decimal.Truncate((seconds - whole) * 1_000_000_000m);
        return new Duration { Seconds = (long)whole, Nanos = (int)nanos };
    }

    private static decimal? Sum(ReadOnlySpan<char> rest)
    {
        var sum = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0
                || !decimal.TryParse(
                    rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > MaxSeconds * 1_000_000_000m)
                return null;
            rest = rest[digits..];
            var letters = rest.IndexOfAny(Digits);
            if (letters < 0) letters = rest.Length;
            if (Unit(rest[..letters]) is not { } unit) return null;
            sum += number * unit;
            rest = rest[letters..];
        }

        return sum;
    }

    private static decimal? Unit(ReadOnlySpan<char> name) => name switch
    {
        "ns" => 0.000_000_001m,
        "us" or "\u00b5s" or "\u03bcs" => 0.000_001m,
        "ms" => 0.001m,
        "s" => 1m,
        "m" => 60m,
        "h" => 3600m,
        _ => null,
    };
}
