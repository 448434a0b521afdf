using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Stagedoor.Host.Serving;

/// <summary>Where the time of a start goes: milliseconds since the process began, by step. Steps overlap.</summary>
internal sealed class StartupClock
{
    private readonly ConcurrentDictionary<string, double> _marks = new();
    private readonly DateTime _processStarted = Process.GetCurrentProcess().StartTime.ToUniversalTime();

    /// <summary>
    /// The steps so far and when each was done, in milliseconds since the process began; earliest first.
    /// </summary>
    public IReadOnlyDictionary<string, double> Marks =>
        _marks.OrderBy(mark => mark.Value).ToDictionary(mark => mark.Key, mark => mark.Value);

    /// <summary>Notes that a step is done; only the first time counts.</summary>
    public void Done(string step) =>
        _marks.TryAdd(step, Math.Round((DateTime.UtcNow - _processStarted).TotalMilliseconds, 1));

    /// <summary>All on one line: <c>runtime 210 ms, parsing 480 ms, ...</c>.</summary>
    public override string ToString() => string.Join(
        ", ", Marks.Select(mark => string.Create(CultureInfo.InvariantCulture, $"{mark.Key} {mark.Value:0} ms")));
}
