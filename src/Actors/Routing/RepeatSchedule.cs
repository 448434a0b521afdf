namespace Stagedoor.Actors.Routing;

/// <summary>
/// When each key is to be hinted at again: after <paramref name="shortest"/> to twice that, by chance, so that a
/// thousand owners do not wake together. Knows no clock.
/// </summary>
internal sealed class RepeatSchedule<T>(TimeSpan shortest, Random random)
    where T : notnull
{
    private readonly Dictionary<T, DateTimeOffset> _due = [];

    public int Count => _due.Count;

    /// <summary>Exactly these keys are to be repeated.</summary>
    public void Set(IEnumerable<T> keys, DateTimeOffset now)
    {
        var wanted = keys.ToHashSet();
        foreach (var key in _due.Keys.Where(key => !wanted.Contains(key)).ToArray()) _due.Remove(key);
        foreach (var key in wanted) _due.TryAdd(key, Next(now));
    }

    /// <summary>The keys whose time has come; they are due again later.</summary>
    public IReadOnlyList<T> Due(DateTimeOffset now)
    {
        var due = _due.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToArray();
        foreach (var key in due) _due[key] = Next(now);
        return due;
    }

    private DateTimeOffset Next(DateTimeOffset now) => now + (shortest * (1 + random.NextDouble()));
}
