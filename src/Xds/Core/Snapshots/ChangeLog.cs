using System.Collections.Immutable;

namespace Stagedoor.Xds;

/// <summary>
/// The names that changed with each of the last snapshots of a node: a session that is a few of them behind learns from
/// it what is new, however many resources there are. Immutable, except that the newest log of a node fills the unused
/// rest of the array that it shares with the ones before.
/// </summary>
internal sealed class ChangeLog
{
    /// <summary>No step.</summary>
    public static readonly ChangeLog Empty = new([], 0);

    private const int MaxSteps = 1024;
    private const int MaxNames = 4096;

    private readonly Step[] _steps;
    private readonly int _count;

    private ChangeLog(Step[] steps, int count) => (_steps, _count) = (steps, count);

    /// <summary>
    /// The log with one more step. Called for one log at most once, by whoever publishes the next snapshot.
    /// </summary>
    /// <param name="from">The generation that was changed.</param>
    /// <param name="names">The changed names by type.</param>
    public ChangeLog Add(Generation from, ImmutableArray<string>[] names)
    {
        var count = 0;
        foreach (var each in names) count += each.Length;
        // Comparing is no dearer than reading a long list.
        if (count > MaxNames) return Empty;
        var (steps, used) = (_steps, _count);
        if (used == steps.Length)
        {
            var kept = steps.AsSpan(Math.Max(0, used - (MaxSteps / 2)));
            steps = new Step[Math.Min(MaxSteps, Math.Max(16, 2 * used))];
            kept.CopyTo(steps);
            used = kept.Length;
        }

        steps[used] = new Step(from, names);
        return new ChangeLog(steps, used + 1);
    }

    /// <summary>
    /// The names of a type that changed since a generation, each once; null: it is too long ago.
    /// </summary>
    public IEnumerable<string>? Since(XdsType type, Generation seen)
    {
        for (var at = _count - 1; at >= 0; at--)
        {
            if (_steps[at].From == seen) return Names(type, at);
        }

        return null;
    }

    private IEnumerable<string> Names(XdsType type, int at)
    {
        if (at == _count - 1) return _steps[at].Names[(int)type];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (; at < _count; at++) names.UnionWith(_steps[at].Names[(int)type]);
        return names;
    }

    private sealed record Step(Generation From, ImmutableArray<string>[] Names);
}
