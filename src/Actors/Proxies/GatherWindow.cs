namespace Stagedoor.Actors.Proxies;

/// <summary>
/// When to look at the inputs after a hint: the first after quiet at once; followers are gathered, longer the longer
/// they keep coming. Knows no clock: time is passed in.
/// </summary>
/// <param name="first">The shortest gathering.</param>
/// <param name="longest">The longest gathering.</param>
internal sealed class GatherWindow(TimeSpan first, TimeSpan longest)
{
    private TimeSpan _window;
    private DateTimeOffset? _last;

    /// <summary>How long to wait from <paramref name="now"/>; zero: look at once.</summary>
    public TimeSpan Wait(DateTimeOffset now)
    {
        if (_last is not { } last) return TimeSpan.Zero;
        var due = last + _window;
        // A clock that went back must not hold a change up.
        return due <= now || now < last ? TimeSpan.Zero : due - now;
    }

    /// <summary>Work has begun.</summary>
    public void Begin(DateTimeOffset now)
    {
        var quiet = _last is not { } last || now < last || now - last >= _window * 2 || _window == TimeSpan.Zero;
        _window = quiet ? first : TimeSpan.FromTicks(Math.Min(_window.Ticks * 2, longest.Ticks));
        _last = now;
    }
}
