using System.Diagnostics;

namespace Stagedoor.Bench.Results;

/// <summary>Latencies of one series, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];

    /// <summary>Adds the time between two timestamps of <see cref="Stopwatch"/>.</summary>
    public void Add(long from, long to) => _milliseconds.Add(Stopwatch.GetElapsedTime(from, to).TotalMilliseconds);

    /// <summary>The value below which this share of the samples lies; rounded to microseconds.</summary>
    public double Quantile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))], 3);
    }
}
