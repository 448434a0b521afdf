namespace Stagedoor.Actors.Proxies;

/// <summary>
/// When to look at inputs after a hint: the first after quiet at once, followers gathered for a time that doubles while they keep
/// coming. Time is passed in.
/// </summary>
internal sealed class GatherWindow(TimeSpan first, TimeSpan longest)
{
    private TimeSpan _window = first;
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>How long to wait from <paramref name="now"/> before the work that a hint asks for.</summary>
    public TimeSpan Delay(DateTimeOffset now)
    {
        var due = _last + _window;
        return due <= now ? TimeSpan.Zero : due - now;
    }

    /// <summary>Notes that work started.</summary>
    public void Started(DateTimeOffset now)
    {
        var busy = _last != DateTimeOffset.MinValue && now - _last < _window * 2;
        _window = busy ? TimeSpan.FromTicks(Math.Min(_window.Ticks * 2, longest.Ticks)) : first;
        _last = now;
    }
}
